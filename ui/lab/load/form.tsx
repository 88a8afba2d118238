import type { Definition } from '../../../engine/index.ts';
import { asidesOf, spreads, tasksOf } from '../../../engine/simulate/load/index.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { Field, FormPart, NumberInput, NumberRow, Scroll, useFilling } from './fields.tsx';
import { Calls, Choices, Minutes, Outside } from './form-tables.tsx';
import { say, weekdays } from './texts.ts';

const hourly = {
  office: [0, 0, 0, 0, 0, 0, 0, 1, 4, 10, 11, 8, 4, 6, 9, 9, 8, 5, 3, 2, 2, 2, 1, 0],
  even: Array.from({ length: 24 }, () => 1),
  evening: [1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 3, 2, 2, 2, 3, 5, 8, 10, 10, 8, 4],
} as const;

/** Everything that is assumed, from what matters most to what only some will touch. */
export function LoadForm({ definition }: { readonly definition: Definition }) {
  const tasks = tasksOf(definition);
  return (
    <>
      <Applicants definition={definition} />
      <Staff definition={definition} />
      <Minutes definition={definition} tasks={tasks.filter(({ isStaff }) => isStaff)} kind="minutes" />
      <Choices definition={definition} tasks={tasks.filter(({ options }) => options.length > 1)} />
      <Calls definition={definition} />
      <Outside definition={definition} />
      <Minutes definition={definition} tasks={tasks.filter(({ isStaff }) => !isStaff)} kind="thinking" />
    </>
  );
}

function Applicants({ definition }: { readonly definition: Definition }) {
  const { given, set } = useFilling();
  const { arrivals } = given;
  const asides = asidesOf(definition).filter((event) => event in given.asides);
  const preset = Object.entries(hourly).find(([, values]) => JSON.stringify(values) === JSON.stringify(arrivals.hours));
  const number = (name: 'cases' | 'seed' | 'giveUp' | 'tail') => (
    <Field label={say(name)} hint={say(`${name}Hint`)} path={[name]}>
      {(id, described) => <NumberInput id={id} described={described} path={[name]} value={given[name]} />}
    </Field>
  );
  return (
    <FormPart title={say('applicants')} text={say('applicantsText')} open>
      <div className="loadgrid">
        {number('cases')}
        <Field label={say('perDay')} hint={say('perDayHint')} path={['arrivals', 'perDay']}>
          {(id, described) => (
            <NumberInput id={id} described={described} path={['arrivals', 'perDay']} value={arrivals.perDay} />
          )}
        </Field>
        <Field label={say('start')} hint={say('startHint')} path={['start']}>
          {(id, described, isWrong) => (
            <input
              id={id}
              type="date"
              className="input"
              aria-describedby={described}
              aria-invalid={isWrong}
              value={given.start}
              onChange={(event) => set(['start'], event.target.value)}
            />
          )}
        </Field>
        <Field label={say('spread')} hint={say('spreadHint')} path={['spread']}>
          {(id, described) => (
            <select
              id={id}
              className="input"
              aria-describedby={described}
              value={given.spread}
              onChange={(event) => set(['spread'], event.target.value)}
            >
              {spreads.map((name) => (
                <option key={name} value={name}>
                  {say(`spread.${name}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {number('giveUp')}
        {number('seed')}
        {number('tail')}
      </div>
      <NumberRow
        title={say('week')}
        hint={say('weekHint')}
        names={weekdays.map((day) => say(day).slice(0, 3))}
        path={['arrivals', 'week']}
        values={arrivals.week}
      />
      <details className="loadmore">
        <summary>{say('more')}</summary>
        <NumberRow
          title={say('hours')}
          hint={say('hoursHint')}
          names={arrivals.hours.map((_, n) => say('hour', { n }))}
          path={['arrivals', 'hours']}
          values={arrivals.hours}
        >
          <select
            className="input"
            aria-label={`${say('hours')} ${say('hoursPreset')}`}
            value={preset?.[0] ?? 'own'}
            onChange={(event) => {
              const chosen = hourly[event.target.value as keyof typeof hourly];
              if (chosen) set(['arrivals', 'hours'], [...chosen]);
            }}
          >
            {(['own', 'office', 'even', 'evening'] as const).map((name) => (
              <option key={name} value={name} disabled={name === 'own'}>
                {say(`hours.${name}`)}
              </option>
            ))}
          </select>
        </NumberRow>
        <NumberRow
          title={say('months')}
          hint={say('monthsHint')}
          names={arrivals.months.map((_, n) => say('month', { n: n + 1 }))}
          path={['arrivals', 'months']}
          values={arrivals.months}
        />
        {asides.length === 0 ? null : (
          <fieldset className="loadrow">
            <legend>{say('asides')}</legend>
            <p className="muted xs">{say('asidesHint')}</p>
            <div className="loadcells wide">
              {asides.map((event) => {
                const title = definition.declared.events[event]?.title ?? event;
                return (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
                  <label key={event}>
                    <span className="xs muted">{title}</span>
                    <NumberInput
                      path={['asides', event]}
                      value={given.asides[event] ?? 0}
                      label={`${say('asides')} ${title}`}
                    />
                  </label>
                );
              })}
            </div>
          </fieldset>
        )}
      </details>
    </FormPart>
  );
}

function Staff({ definition }: { readonly definition: Definition }) {
  const { given, set } = useFilling();
  return (
    <FormPart title={say('staff')} text={say('staffText')} open>
      <Scroll label={say('staff')}>
        <thead>
          <tr>
            {(['role', 'people', 'from', 'to', 'days'] as const).map((name) => (
              <th key={name} scope="col">
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(given.staff).map(([role, shift]) => {
            const title = definition.roles[role]?.title ?? role;
            return (
              <tr key={role}>
                <th scope="row">
                  <span className="row">
                    <Tile character={definition.roles[role]?.tile ?? ''} size="sm" /> {title}
                  </span>
                </th>
                {(['people', 'from', 'to'] as const).map((name) => (
                  <td key={name}>
                    <NumberInput path={['staff', role, name]} value={shift[name]} label={`${title} ${say(name)}`} />
                  </td>
                ))}
                <td>
                  <select
                    className="input"
                    aria-label={`${title} ${say('days')}`}
                    value={shift.days}
                    onChange={(event) => set(['staff', role, 'days'], event.target.value)}
                  >
                    {(['working', 'all'] as const).map((name) => (
                      <option key={name} value={name}>
                        {say(`days.${name}`)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Scroll>
    </FormPart>
  );
}
