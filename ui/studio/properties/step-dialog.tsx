import { useId, useState } from 'react';
import type { EditChoices, EditPlace, EditWay } from '../../../engine/contract/edit.ts';
import type { NewStep } from '../../../engine/edit/change.ts';
import { Icon } from '../../app/icon.tsx';
import { Dialog } from '../../app/parts/dialog.tsx';
import { aside } from '../../app/texts/punctuation.ts';
import { DialogActions } from '../../workbench/dialog-actions.tsx';
import { type DurationUnit, durationText } from '../settings-model.ts';
import type { Editing } from '../use-project.ts';
import { DelayChoice } from './delay-choice.tsx';
import { freeIds, withStep } from './edits.ts';
import { Field } from './field.tsx';
import { Preview } from './preview.tsx';
import { TargetOptions } from './target-options.tsx';
import { say } from './texts.ts';
import { targetTitle, wayTitle } from './way-list.tsx';

interface StepDialogProps {
  readonly editing: Editing;
  readonly place: EditPlace;
  readonly choices: EditChoices;
  /** The way that was chosen; null: after the state, whichever way. */
  readonly way: EditWay | null;
  onClose(): void;
  onDone(address: string): void;
}

/** A step of the project's own: what it is called, who does it and how, and what happens when nobody does. */
export function StepDialog({ editing, place, choices, way: given, onClose, onDone }: StepDialogProps) {
  const id = useId();
  const ways = place.ways.filter(({ insert }) => insert.kind === 'set');
  const [at, setAt] = useState((given ?? ways[0])?.address ?? '');
  const way = ways.find(({ address }) => address === at);
  const seen = seenAt(place, choices);
  const [title, setTitle] = useState('');
  const [by, setBy] = useState(firstRole(place, choices));
  const [form, setForm] = useState('');
  const [button, setButton] = useState(say('stepButtonFirst'));
  const [shows, setShows] = useState<readonly string[]>(seen);
  const [hasDeadline, setHasDeadline] = useState(false);
  const [count, setCount] = useState('3');
  const [unit, setUnit] = useState<DurationUnit>('working day');
  const [leads, setLeads] = useState('onward');
  const [missing, setMissing] = useState(false);
  const taken = [...editing.diagram.nodes.map((node) => node.id), ...choices.events.map((event) => event.id)];
  const ids = freeIds(editing.text, taken);
  const step: NewStep = {
    id: ids.step,
    title: title.trim(),
    by,
    forms: form === '' ? [] : [form],
    shows: shows.filter((one) => one !== form),
    event: { id: ids.event, title: button.trim() || say('stepButtonFirst') },
    deadline: hasDeadline && Number(count) > 0 ? { delay: durationText(count, unit), to: leads } : null,
  };
  const next = way === undefined || step.title === '' ? null : withStep(editing.text, place, way, step);
  const submit = () => {
    if (next === null) {
      setMissing(true);
      document.getElementById(`${id}-title`)?.focus();
      return;
    }
    editing.setText(next);
    onDone(place.stepsIn === '' || place.stepsIn === null ? step.id : `${place.stepsIn}.${step.id}`);
  };
  return (
    <Dialog title={say('stepTitle', { title: place.title })} onClose={onClose} sticky wide>
      <form
        className="stepform"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {ways.length > 1 ? (
          <Field id={`${id}-way`} label={say('stepWay')}>
            <select className="in" id={`${id}-way`} value={at} onChange={({ target }) => setAt(target.value)}>
              {ways.map((one) => (
                <option key={one.address} value={one.address}>
                  {wayOption(one, ways)}
                </option>
              ))}
            </select>
          </Field>
        ) : null}
        <div className={missing ? 'pubfield bad' : 'pubfield'}>
          <label htmlFor={`${id}-title`} className="strong">
            {say('stepName')}
          </label>
          <small className="muted" id={`${id}-hint`}>
            {say('stepNameHint')}
          </small>
          {missing ? (
            <p className="emsg" id={`${id}-error`}>
              <Icon name="alert" /> {say('stepNameMissing')}
            </p>
          ) : null}
          <input
            className="in"
            id={`${id}-title`}
            value={title}
            maxLength={60}
            aria-invalid={missing}
            aria-describedby={missing ? `${id}-hint ${id}-error` : `${id}-hint`}
            onChange={({ target }) => {
              setTitle(target.value);
              setMissing(false);
            }}
          />
        </div>
        <div className="stepcols">
          <Field id={`${id}-by`} label={say('stepBy')}>
            <select className="in" id={`${id}-by`} value={by} onChange={({ target }) => setBy(target.value)}>
              {choices.roles.map((role) => (
                <option key={role.id} value={role.id}>
                  {role.title}
                </option>
              ))}
            </select>
          </Field>
          <Field id={`${id}-how`} label={say('stepHow')}>
            <select className="in" id={`${id}-how`} value={form} onChange={({ target }) => setForm(target.value)}>
              <option value="">{say('stepConfirm')}</option>
              <optgroup label={say('stepForm')}>
                {choices.forms.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.title}
                  </option>
                ))}
              </optgroup>
            </select>
          </Field>
          <Field id={`${id}-button`} label={say('stepButton')}>
            <input
              className="in"
              id={`${id}-button`}
              value={button}
              maxLength={20}
              onChange={({ target }) => setButton(target.value)}
            />
          </Field>
        </div>
        <details className="propchoices">
          <summary>
            {say('stepShows')} <span className="muted">{shown(shows.length)}</span>
          </summary>
          {choices.shows.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={shows.includes(one.id)}
                onChange={({ target }) =>
                  setShows(target.checked ? [...shows, one.id] : shows.filter((each) => each !== one.id))
                }
              />
              {one.title}
            </label>
          ))}
        </details>
        <label className="stepcheck">
          <input type="checkbox" checked={hasDeadline} onChange={({ target }) => setHasDeadline(target.checked)} />
          {say('stepDeadline')}
        </label>
        {hasDeadline ? (
          <div className="stepcols">
            <Field id={`${id}-count`} label={say('stepDeadlineIn')}>
              <DelayChoice
                id={`${id}-count`}
                count={count}
                unit={unit}
                onChange={(number, of) => {
                  setCount(number);
                  setUnit(of);
                }}
              />
            </Field>
            <Field id={`${id}-leads`} label={say('stepDeadlineTo')}>
              <select className="in" id={`${id}-leads`} value={leads} onChange={({ target }) => setLeads(target.value)}>
                <option value="onward">{say('onward')}</option>
                <TargetOptions targets={place.targets.filter(({ kind }) => kind === 'state')} />
              </select>
            </Field>
          </div>
        ) : null}
        {way && step.title !== '' ? (
          <p>
            {say('stepSentence', {
              way: wayTitle(way),
              step: step.title,
              by: choices.roles.find((role) => role.id === by)?.title ?? by,
              to: way.to ? targetTitle(way.to) : '',
            })}
          </p>
        ) : null}
        <Preview editing={editing} text={next} />
        <DialogActions label={say('stepDo')} onClose={onClose} />
      </form>
    </Dialog>
  );
}

const shown = (count: number): string => (count === 0 ? say('stepShowsNone') : say('stepShowsSome', { n: count }));

/** What is seen or filled in at the state is of use right after it too. */
function seenAt(place: EditPlace, choices: EditChoices): readonly string[] {
  const named = place.words.flatMap(({ name, value }) =>
    (name === 'task.forms' || name === 'task.shows') && Array.isArray(value) ? value.map(String) : [],
  );
  return choices.shows.map(({ id }) => id).filter((id) => named.includes(id));
}

/** Whoever acts at the state, else whoever comes first. */
function firstRole(place: EditPlace, choices: EditChoices): string {
  const by = place.words.find(({ name }) => name === 'by')?.value;
  return typeof by === 'string' ? by : (choices.roles[0]?.id ?? '');
}

/** The way and where it leads; two that are called the same are told apart by when they are taken. */
function wayOption(way: EditWay, ways: readonly EditWay[]): string {
  const said = (one: EditWay) => `${wayTitle(one)} → ${one.to ? targetTitle(one.to) : ''}`;
  const isTwice = ways.filter((one) => said(one) === said(way)).length > 1;
  return isTwice ? said(way) + aside(way.if ?? say('otherwise')) : said(way);
}
