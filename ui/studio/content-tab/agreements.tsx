import { list, object } from '../../../engine/forms/fields.ts';
import type { Json } from '../../../engine/model/json.ts';
import { isoDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Paragraphs } from '../../form/index.ts';
import { changeAt, changesBelow, without, withSaid } from '../forms-tab/said.ts';
import { TextWord } from '../forms-tab/word-inputs.tsx';
import { Problems, type SectionProps } from './content-tab.tsx';
import { say } from './texts.ts';

/** What applicants agree to, in words and version, as they read it. */
export function Agreements({ page: { editing }, parts, problems }: SectionProps) {
  const { text, project } = editing;
  const mayEdit = project.may.edit;
  const where = agreedIn(parts.forms);
  const ids = Object.keys(object(parts.base.content.agreements)).filter((id) => where.has(id));
  if (ids.length === 0) return <p className="muted">{say('agreementsNone')}</p>;
  return ids.map((id) => {
    const at = `content.agreements.${id}`;
    const base = object(object(parts.base.content.agreements)[id]);
    const said = object(object(parts.content.agreements)[id]);
    const changes = changesBelow(text, at);
    const title = String(said.title ?? id);
    const word = (name: 'title' | 'version' | 'text', label: string) => ({
      label,
      value: said[name],
      base: base[name],
      own: false,
      mayEdit,
      needed: true,
      onSet: (value: Json | undefined) => editing.setText(worded(text, at, base, name, value)),
    });
    return (
      <section
        key={id}
        className={changes.length > 0 ? 'contentpart ch' : 'contentpart'}
        aria-label={title}
        data-agreement={id}
      >
        <div className="ph">
          <h3>{title}</h3>
          {changes.length > 0 && mayEdit ? (
            <button
              type="button"
              className="linkbtn"
              aria-label={say('takeBackAllName', { title })}
              onClick={() => editing.setText(without(text, changes))}
            >
              {say('takeBackAll')}
            </button>
          ) : null}
        </div>
        <p className="muted">{say('agreementIn', { where: (where.get(id) ?? []).join(mark('list')) })}</p>
        <Problems
          of={[
            ...(problems.get(at) ?? []),
            ...['title', 'version', 'text'].flatMap((name) => problems.get(`${at}.${name}`) ?? []),
          ]}
        />
        <div className="agreementsides">
          <div className="words">
            <TextWord {...word('title', say('agreementTitle'))} />
            <TextWord {...word('version', say('agreementVersion'))} />
            <TextWord {...word('text', say('agreementText'))} rows={12} />
          </div>
          <figure className="arrives">
            <figcaption className="muted">{say('agreementPreview')}</figcaption>
            <div className="paper">
              <p className="strong">{title}</p>
              <p className="muted">{say('versionLine', { version: String(said.version ?? '') })}</p>
              <Paragraphs text={String(said.text ?? '')} />
            </div>
          </figure>
        </div>
      </section>
    );
  });
}

/** Other words get a version of today, unless somebody has given one. */
function worded(
  text: string,
  at: string,
  base: { readonly [name: string]: Json },
  name: 'title' | 'version' | 'text',
  value: Json | undefined,
): string {
  const next = withSaid(text, `${at}.${name}`, base[name], value);
  if (name === 'version') return next;
  const changed = ['title', 'text'].some((one) => changeAt(next, `${at}.${one}`) !== undefined);
  const version = changeAt(next, `${at}.version`);
  if (changed && version === undefined) return withSaid(next, `${at}.version`, base.version, isoDate(now()));
  return changed || version === undefined ? next : without(next, [version]);
}

/** Agreement -> forms in which it is agreed to. */
function agreedIn(forms: SectionProps['parts']['forms']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const schema of Object.values(forms))
    for (const property of Object.values(schema.properties))
      for (const id of list(property['x-agreement']).map(String)) {
        const titles = found.get(id) ?? [];
        if (!titles.includes(schema.title)) found.set(id, [...titles, schema.title]);
      }
  return found;
}
