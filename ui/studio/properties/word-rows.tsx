import { useId } from 'react';
import type { EditChoices, EditPlace, EditWord } from '../../../engine/contract/edit.ts';
import type { Json } from '../../../engine/model/json.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { settingsOf } from '../settings-model.ts';
import type { Page } from '../tab.ts';
import { withWord } from './edits.ts';
import { say } from './texts.ts';
import { Typed } from './typed.tsx';
import { isOwnStep, Where, whyNot } from './where.tsx';

interface WordRowsProps {
  readonly page: Page;
  readonly place: EditPlace;
  readonly choices: EditChoices;
}

/** What a state says of itself, a row each, with where it comes from. */
export function WordRows({ page, place, choices }: WordRowsProps) {
  const unsaid = place.words.filter((word) => isUnsaid(word) && page.editing.project.may.edit);
  const row = (word: EditWord) => (
    <Row key={`${place.address} ${word.name}`} page={page} word={word} choices={choices} />
  );
  return (
    <section className="props" aria-labelledby="props-words">
      <h3 id="props-words">{say('words')}</h3>
      {place.words.filter((word) => !isUnsaid(word)).map(row)}
      {unsaid.length > 0 ? (
        <details className="propmore">
          <summary>
            {say('unsaid')} <span className="muted">{unsaid.map(({ name }) => say(name)).join(mark('list'))}</span>
          </summary>
          {unsaid.map(row)}
        </details>
      ) : null}
    </section>
  );
}

/** Neither here nor around it. */
function isUnsaid({ value, from }: EditWord): boolean {
  return from === null && (value === null || (Array.isArray(value) && value.length === 0));
}

function Row({ page, word, choices }: Pick<WordRowsProps, 'page' | 'choices'> & { readonly word: EditWord }) {
  const id = useId();
  const { editing } = page;
  const { name, can, from, change } = word;
  const open = can.kind !== 'no' && editing.project.may.edit;
  const isChanged = change !== null;
  const named = name === 'promise' ? /\bsettings\.([A-Za-z]\w*)/.exec(String(word.value))?.[1] : undefined;
  const setting = settingsOf(editing.project.settingsSchema).find(({ path }) => path[0] === named);
  return (
    <div className={isChanged ? 'prop ch' : 'prop'} data-word={name}>
      <label htmlFor={id} id={`${id}-label`} className="strong">
        {say(name)}
      </label>
      {setting ? (
        <span className="propline">
          {say('bySetting', { title: setting.title })}
          <button type="button" className="linkbtn" onClick={() => page.toSetting(setting.path.join('.'))}>
            {say('toSetting')}
          </button>
        </span>
      ) : open ? (
        <Control
          id={id}
          word={word}
          choices={choices}
          onSet={(next) => editing.setText(withWord(editing.text, can, next))}
        />
      ) : (
        <output id={id}>{shownOf(word, choices) || say('none')}</output>
      )}
      {can.kind === 'no' ? (
        <small>{whyNot(can.why)}</small>
      ) : (
        <Where page={page} from={from} change={change} name={say(name)} isWhole={isOwnStep(can)} />
      )}
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly word: EditWord;
  readonly choices: EditChoices;
  onSet(value: Json): void;
}

function Control({ id, word, choices, onSet }: ControlProps) {
  const { name, value } = word;
  const options = optionsOf(name, choices);
  if (Array.isArray(value)) {
    const chosen = value.map(String);
    const known = [...options, ...chosen.filter((one) => !options.some((each) => each.id === one)).map(asOption)];
    return (
      <details className="propchoices" aria-labelledby={`${id}-label`}>
        <summary id={id} aria-labelledby={`${id}-label ${id}`}>
          {shownOf(word, choices) || say('none')}
        </summary>
        {known.map((one) => (
          <label key={one.id}>
            <input
              type="checkbox"
              checked={chosen.includes(one.id)}
              onChange={({ target }) =>
                onSet(target.checked ? [...chosen, one.id] : chosen.filter((each) => each !== one.id))
              }
            />
            {one.title}
          </label>
        ))}
      </details>
    );
  }
  if (options.length > 0)
    return (
      <select className="in" id={id} value={String(value ?? '')} onChange={({ target }) => onSet(target.value)}>
        {value === null ? <option value="">{say('none')}</option> : null}
        {value !== null && !options.some((one) => one.id === value) ? <option>{String(value)}</option> : null}
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    );
  return <Typed id={id} value={String(value ?? '')} onSet={onSet} />;
}

interface Option {
  readonly id: string;
  readonly title: string;
}

const asOption = (id: string): Option => ({ id, title: id });

function optionsOf(name: EditWord['name'], choices: EditChoices): readonly Option[] {
  switch (name) {
    case 'stage':
      return choices.stages;
    case 'look':
      return (['ok', 'warn', 'err'] as const).map((id) => ({ id, title: say(id) }));
    case 'by':
      return choices.roles;
    case 'task.forms':
      return choices.forms;
    case 'task.shows':
      return choices.shows;
    case 'task.documents':
      return choices.documents;
    default:
      return [];
  }
}

function shownOf({ name, value }: EditWord, choices: EditChoices): string {
  const options = optionsOf(name, choices);
  const title = (one: Json) => options.find(({ id }) => id === one)?.title ?? String(one);
  if (value === null) return '';
  return Array.isArray(value) ? value.map(title).join(mark('list')) : title(value);
}
