import { useId, useState } from 'react';
import type { EditButton, EditChoices, EditPlace } from '../../../engine/contract/edit.ts';
import { aside, mark } from '../../app/texts/punctuation.ts';
import type { Page } from '../tab.ts';
import { withWord } from './edits.ts';
import { say } from './piece-texts.ts';
import { Typed } from './typed.tsx';
import { isOwnStep, Where, whyNot } from './where.tsx';
import { Wrong } from './wrong.tsx';

/** As much as the language lets a button say. */
const MOST = 60;

interface ButtonRowsProps {
  readonly page: Page;
  readonly place: EditPlace;
  readonly choices: EditChoices;
}

/** What the buttons of a state are called. */
export function ButtonRows({ page, place, choices }: ButtonRowsProps) {
  if (place.buttons.length === 0) return null;
  return (
    <section className="props" aria-labelledby="props-buttons">
      <h3 id="props-buttons">{say('buttons')}</h3>
      {place.buttons.map((button) => (
        <Row key={button.address} page={page} button={button} choices={choices} isGone={place.gone !== null} />
      ))}
    </section>
  );
}

interface RowProps {
  readonly page: Page;
  readonly button: EditButton;
  readonly choices: EditChoices;
  readonly isGone: boolean;
}

function Row({ page, button, choices, isGone }: RowProps) {
  const id = useId();
  const { editing } = page;
  const { address, event, by, leads, own, here, everywhere, also } = button;
  const isOnlyAll = here.can.kind === 'no';
  const [all, setAll] = useState(!own && everywhere.change !== null);
  const isAll = !own && (isOnlyAll || all || also.length === 0);
  const said = own ? here : everywhere;
  const { can } = isAll ? everywhere : here;
  return (
    <div className={said.change === null ? 'prop' : 'prop ch'} data-button={address}>
      <label htmlFor={id}>
        <span className="strong">{say('buttonOf', { title: said.value })}</span>
        <span className="muted">
          {aside(choices.roles.find((role) => role.id === by)?.title ?? by)}
          {leads ? ` → ${leads}` : ''}
        </span>
      </label>
      {editing.project.may.edit && !isGone && can.kind !== 'no' ? (
        <Typed
          id={id}
          value={said.value}
          most={MOST}
          onSet={(next) => editing.setText(withWord(editing.text, can, next))}
        />
      ) : (
        <output id={id}>{said.value}</output>
      )}
      {can.kind === 'no' ? <small>{whyNot(can.why)}</small> : null}
      <Wrong page={page} of={[...(said.change === null ? [] : [`changes.${said.change}`]), `events.${event}`]} />
      {also.length === 0 || own || !editing.project.may.edit || isGone ? null : isOnlyAll ? (
        <small>{say('buttonAlso', { titles: also.join(mark('list')) })}</small>
      ) : (
        <label className="propcheck">
          <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} />
          {say('buttonAll', { n: also.length, titles: also.join(mark('list')) })}
        </label>
      )}
      <Where
        page={page}
        from={said.from}
        change={said.change}
        name={say('buttonOf', { title: said.value })}
        isWhole={isOwnStep(said.can)}
      />
    </div>
  );
}
