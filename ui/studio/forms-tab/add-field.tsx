import { type FormEvent, useId, useState } from 'react';
import type { JsonObject } from '../../../engine/model/json.ts';
import { newFields, schemaFor } from './kinds.ts';
import { say } from './texts.ts';

/** A new field at the end of the form: its kind and its title, everything else is said in its row. */
export function AddField({ onAdd }: { onAdd(schema: JsonObject): void }) {
  const id = useId();
  const [kind, setKind] = useState(newFields[0]!.id);
  const [title, setTitle] = useState('');
  const [empty, setEmpty] = useState(false);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const clean = title.trim();
    const field = newFields.find((one) => one.id === kind);
    setEmpty(clean === '');
    if (clean === '' || field === undefined) return;
    onAdd(
      schemaFor(field, clean, {
        from: say('from'),
        to: say('to'),
        one: say('newChoice', { n: 1 }),
        two: say('newChoice', { n: 2 }),
      }),
    );
    setTitle('');
  };
  return (
    <form className="addfield" noValidate onSubmit={add} aria-label={say('addField')}>
      <h3>{say('addField')}</h3>
      <div className="addrow">
        <span>
          <label htmlFor={`${id}-kind`}>{say('kind')}</label>
          <select id={`${id}-kind`} className="in" value={kind} onChange={(event) => setKind(event.target.value)}>
            {newFields.map((one) => (
              <option key={one.id} value={one.id}>
                {say(`kind-${one.id}` as 'kind-text')}
              </option>
            ))}
          </select>
        </span>
        <span className="grow">
          <label htmlFor={`${id}-title`}>{say('newTitle')}</label>
          <input
            id={`${id}-title`}
            className="in"
            value={title}
            maxLength={400}
            aria-invalid={empty}
            onChange={(event) => setTitle(event.target.value)}
          />
          {empty ? <small className="bad">{say('titleNeeded')}</small> : null}
        </span>
        <button type="submit" className="btn">
          {say('add')}
        </button>
      </div>
    </form>
  );
}
