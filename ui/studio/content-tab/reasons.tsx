import { useId, useState } from 'react';
import { list, object } from '../../../engine/forms/fields.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { changesBelow, without, withSaid } from '../forms-tab/said.ts';
import { same } from '../settings-model.ts';
import { Problems, type SectionProps } from './content-tab.tsx';
import { say } from './texts.ts';

interface Place {
  readonly address: string;
  readonly title: string;
  readonly base: readonly string[];
  readonly now: readonly string[];
}

/** Reasons for sending back that a reviewer can pick, by field. */
export function Reasons({ page: { editing }, parts, problems }: SectionProps) {
  const { text, project } = editing;
  const [more, setMore] = useState<readonly string[]>([]);
  const chooser = useId();
  const base = object(parts.base.content.reasons);
  const now = object(parts.content.reasons);
  const titles = titlesOf(parts.forms);
  const known = new Set([...Object.keys(object(base.fields)), ...Object.keys(object(now.fields)), ...more]);
  // Reasons for forms of other processes stand in the same file.
  const shown = [...titles.keys()].filter((path) => known.has(path));
  const open = [...titles].filter(([path]) => !known.has(path));
  const place = (address: string, title: string, at: (said: typeof now) => unknown): Place => ({
    address,
    title,
    base: textsOf(at(base)),
    now: textsOf(at(now)),
  });
  const places = [
    place('content.reasons.general', say('reasonsGeneral'), (said) => said.general),
    ...shown.map((path) =>
      place(`content.reasons.fields.${path}`, titles.get(path) ?? path, (said) => object(said.fields)[path]),
    ),
  ];
  return (
    <>
      {places.map((one) => (
        <Reason
          key={one.address}
          place={one}
          problems={problems.get(one.address)}
          mayEdit={project.may.edit}
          onSet={(next) =>
            editing.setText(
              next === null
                ? without(text, changesBelow(text, one.address))
                : withSaid(
                    text,
                    one.address,
                    one.base.length === 0 ? undefined : [...one.base],
                    next.length === 0 && one.base.length === 0 ? undefined : [...next],
                  ),
            )
          }
        />
      ))}
      {project.may.edit && open.length > 0 ? (
        <p className="contentmore">
          <label htmlFor={chooser}>{say('reasonFor')}</label>
          <select id={chooser} className="in" value="" onChange={(event) => setMore([...more, event.target.value])}>
            <option value="">…</option>
            {open.map(([path, title]) => (
              <option key={path} value={path}>
                {title}
              </option>
            ))}
          </select>
        </p>
      ) : null}
    </>
  );
}

interface ReasonProps {
  readonly place: Place;
  readonly problems: readonly string[] | undefined;
  readonly mayEdit: boolean;
  /** null: as the process says it. */
  onSet(next: readonly string[] | null): void;
}

function Reason({ place, problems, mayEdit, onSet }: ReasonProps) {
  const { title, base, now } = place;
  const [added, setAdded] = useState('');
  const changed = !same([...base], [...now]);
  const add = () => {
    const clean = added.trim();
    if (clean === '' || now.includes(clean)) return;
    onSet([...now, clean]);
    setAdded('');
  };
  return (
    <section className={changed ? 'contentpart ch' : 'contentpart'} aria-label={title} data-reasons={place.address}>
      <div className="ph">
        <h3>{title}</h3>
        {changed && mayEdit ? (
          <button
            type="button"
            className="linkbtn"
            aria-label={say('takeBackAllName', { title })}
            onClick={() => onSet(null)}
          >
            {say('takeBackAll')}
          </button>
        ) : null}
      </div>
      <Problems of={problems} />
      <ul className="reasonlist">
        {now.map((reason, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reason is its place while it is being typed
          <li key={index}>
            <input
              className="in"
              aria-label={say('reasonText', { title, n: index + 1 })}
              value={reason}
              disabled={!mayEdit}
              onChange={(event) => onSet(now.map((one, at) => (at === index ? event.target.value : one)))}
              onBlur={(event) => event.target.value.trim() === '' && onSet(now.filter((_, at) => at !== index))}
            />
            {mayEdit ? (
              <button
                type="button"
                className="btn sm"
                aria-label={say('reasonDropName', { reason })}
                onClick={() => onSet(now.filter((_, at) => at !== index))}
              >
                {say('reasonDrop')}
              </button>
            ) : null}
          </li>
        ))}
        {now.length === 0 ? <li className="muted">{say('reasonsNone')}</li> : null}
      </ul>
      {mayEdit ? (
        <form
          className="reasonadd"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            className="in"
            aria-label={say('reasonAddTo', { title })}
            value={added}
            onChange={(event) => setAdded(event.target.value)}
          />
          <button type="submit" className="btn sm">
            {say('reasonAdd')}
          </button>
        </form>
      ) : null}
    </section>
  );
}

const textsOf = (said: unknown): readonly string[] =>
  list(said as never).filter((one): one is string => typeof one === 'string');

/** `organization.name` -> 单位信息：机构名称, of every field that can be flagged. */
function titlesOf(forms: SectionProps['parts']['forms']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(forms).flatMap(([form, schema]) =>
      Object.entries(schema.properties).map(
        ([field, property]) =>
          [`${form}.${field}`, `${schema.title}${mark('colon')}${String(property.title ?? field)}`] as const,
      ),
    ),
  );
}
