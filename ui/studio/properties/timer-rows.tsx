import { useId, useState } from 'react';
import type { EditPlace, EditTimer, EditWay } from '../../../engine/contract/edit.ts';
import { locale } from '../../app/texts/index.ts';
import { type DurationUnit, durationOf, durationText, durationUnits, settingsOf } from '../settings-model.ts';
import type { Page } from '../tab.ts';
import { say as sayStudio } from '../texts.ts';
import { withDelay, withoutOwnTimer, withoutPiece } from './edits.ts';
import { say as sayPiece } from './piece-texts.ts';
import { shortText } from './short-text.ts';
import { say } from './texts.ts';
import { Typed } from './typed.tsx';
import { targetTitle } from './way-list.tsx';
import { isOwnStep, Where, whyNot } from './where.tsx';

interface TimerRowsProps {
  readonly page: Page;
  readonly place: EditPlace;
  onDeadline(): void;
}

/** Deadlines and reminders of a state, and how one is added; a time that a setting says is changed there. */
export function TimerRows({ page, place, onDeadline }: TimerRowsProps) {
  const { can } = place.deadline;
  const mayAdd = page.editing.project.may.edit && place.gone === null;
  if (place.timers.length === 0 && !mayAdd) return null;
  return (
    <section className="props" aria-labelledby="props-timers">
      <h3 id="props-timers">{say('timers')}</h3>
      {place.timers.map((timer) => (
        <Row
          key={`${place.address} ${timer.kind} ${timer.delay}`}
          page={page}
          timer={timer}
          way={place.ways.find(({ kind, name, closed }) => kind === timer.kind && name === timer.delay && !closed)}
        />
      ))}
      {mayAdd && can.kind === 'no' ? <p className="muted">{whyNot(can.why)}</p> : null}
      {mayAdd && can.kind !== 'no' ? (
        <>
          {place.timers.some(({ kind }) => kind === 'after') ? null : <p className="muted">{sayPiece('noDeadline')}</p>}
          <p className="propdo">
            <button type="button" className="btn sm" onClick={onDeadline}>
              {sayPiece('addDeadline')}
            </button>
          </p>
        </>
      ) : null}
    </section>
  );
}

interface RowProps {
  readonly page: Page;
  readonly timer: EditTimer;
  /** Where a deadline leads in this project. */
  readonly way: EditWay | undefined;
}

function Row({ page, timer, way }: RowProps) {
  const id = useId();
  const { editing } = page;
  const { can, delay, removal, setting } = timer;
  const [onlyHere, setOnlyHere] = useState(false);
  const settings = settingsOf(editing.project.settingsSchema);
  const named = setting === null ? undefined : settings.find(({ path }) => path[0] === setting);
  const title = titleOf(timer, way);
  const set = (next: string) => editing.setText(withDelay(editing.text, can, next));
  const mayEdit = editing.project.may.edit;
  return (
    <div className={timer.change === null ? 'prop' : 'prop ch'} data-timer={delay}>
      <span id={`${id}-label`} className="strong">
        {title}
      </span>
      {named && !onlyHere ? (
        <span className="propline">
          {say('bySetting', { title: named.title })}
          <button type="button" className="linkbtn" onClick={() => page.toSetting(named.path.join('.'))}>
            {say('toSetting')}
          </button>
          {mayEdit && can.kind !== 'no' ? (
            <button type="button" className="linkbtn" onClick={() => setOnlyHere(true)}>
              {say('onlyHere')}
            </button>
          ) : null}
        </span>
      ) : mayEdit && can.kind !== 'no' ? (
        <Delay id={id} delay={delay} label={title} onSet={set} />
      ) : (
        <output>{delay}</output>
      )}
      {can.kind === 'no' ? <small>{whyNot(can.why)}</small> : null}
      <span className="propline">
        <Where page={page} from={timer.from} change={timer.change} name={title} isWhole={isOwnStep(can)} />
        {mayEdit && (removal.kind === 'remove' || isOwnStep(can)) ? (
          <button
            type="button"
            className="linkbtn"
            aria-label={`${say('remove')} ${title}`}
            onClick={() =>
              editing.setText(isOwnStep(can) ? withoutOwnTimer(editing.text, can) : withoutPiece(editing.text, removal))
            }
          >
            {say('remove')}
          </button>
        ) : null}
      </span>
    </div>
  );
}

function titleOf({ kind, said: both, leads: notice }: EditTimer, way: EditWay | undefined): string {
  const said = locale() === 'en' ? both.en : both.zh;
  if (kind === 'remind') return say('remind', { delay: said, text: shortText(notice) });
  const leads = way?.to ? targetTitle(way.to) : '';
  return leads === '' ? say('afterStay', { delay: said }) : say('after', { delay: said, to: leads });
}

interface DelayProps {
  readonly id: string;
  readonly delay: string;
  readonly label: string;
  onSet(delay: string): void;
}

/** A number and a unit; what is no plain time (`75% of …`) is written as the language writes it. */
export function Delay({ id, delay, label, onSet }: DelayProps) {
  const duration = durationOf(delay) ?? (delay.startsWith('settings.') ? { count: '', unit: 'day' as const } : null);
  const [count, setCount] = useState(duration?.count ?? '');
  const [unit, setUnit] = useState<DurationUnit>(duration?.unit ?? 'day');
  if (duration === null) return <Typed id={id} value={delay} onSet={onSet} />;
  const commit = (number: string, of: DurationUnit) => {
    if (/^[1-9]\d{0,4}$/.test(number) && durationText(number, of) !== delay) onSet(durationText(number, of));
  };
  return (
    <span className="setin">
      <input
        className="in short"
        inputMode="numeric"
        aria-label={`${say('delay')} ${label}`}
        value={count}
        onChange={({ target }) => setCount(target.value.replace(/\D/g, ''))}
        onBlur={() => commit(count, unit)}
        onKeyDown={({ key }) => key === 'Enter' && commit(count, unit)}
      />
      <select
        className="in unit"
        aria-label={sayStudio('unit', { title: label })}
        value={unit}
        onChange={({ target }) => {
          setUnit(target.value as DurationUnit);
          commit(count, target.value as DurationUnit);
        }}
      >
        {durationUnits.map((one) => (
          <option key={one} value={one}>
            {sayStudio(one)}
          </option>
        ))}
      </select>
    </span>
  );
}
