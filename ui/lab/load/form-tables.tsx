import type { Definition } from '../../../engine/index.ts';
import { operationsOf, outsideOf, type Task } from '../../../engine/simulate/load/index.ts';
import { FormPart, NumberInput, Scroll, useFilling } from './fields.tsx';
import { say } from './texts.ts';

interface TasksProps {
  readonly definition: Definition;
  readonly tasks: readonly Task[];
}

export function Minutes({ definition, tasks, kind }: TasksProps & { readonly kind: 'minutes' | 'thinking' }) {
  const { given } = useFilling();
  if (tasks.length === 0) return null;
  return (
    <FormPart title={say(kind)} text={say(`${kind}Text`)}>
      <Scroll label={say(kind)}>
        <thead>
          <tr>
            <th scope="col">{say('step')}</th>
            <th scope="col">{say('who')}</th>
            <th scope="col">{say('minute')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map(({ state, title, task }) => (
            <tr key={state}>
              <th scope="row">{title}</th>
              <td>{definition.roles[task.by]?.title}</td>
              <td>
                <NumberInput
                  path={['minutes', state]}
                  value={given.minutes[state] ?? 0}
                  label={`${title} ${say('minute')}`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Scroll>
    </FormPart>
  );
}

export function Choices({ definition, tasks }: TasksProps) {
  const { given } = useFilling();
  if (tasks.length === 0) return null;
  return (
    <FormPart title={say('choices')} text={say('choicesText')}>
      {tasks.map(({ state, title, task, options }) => (
        <fieldset key={state} className="loadrow">
          <legend>
            {title} <span className="muted xs">{definition.roles[task.by]?.title}</span>
          </legend>
          <div className="loadcells wide">
            {options.map((option) => (
              // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
              <label key={option.id}>
                <span className="xs muted">{option.title}</span>
                <NumberInput
                  path={['choices', state, option.id]}
                  value={given.choices[state]?.[option.id] ?? 0}
                  label={`${title} ${option.title}`}
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </FormPart>
  );
}

export function Calls({ definition }: { readonly definition: Definition }) {
  const { given, set } = useFilling();
  const operations = [...operationsOf(definition).keys()].filter((name) => name in given.calls);
  if (operations.length === 0) return null;
  return (
    <FormPart title={say('calls')} text={say('callsText')}>
      {operations.map((name) => {
        const [connector = '', operation = ''] = name.split('.');
        const contract = definition.connectors[connector]?.operations[operation];
        const title = `${definition.connectors[connector]?.title ?? connector} ${contract?.title ?? operation}`;
        const answering = given.calls[name];
        if (!answering) return null;
        return (
          <fieldset key={name} className="loadrow">
            <legend>{title}</legend>
            <div className="loadcells wide">
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the input is inside */}
              <label>
                <span className="xs muted">{say('minute')}</span>
                <NumberInput
                  path={['calls', name, 'minutes']}
                  value={answering.minutes}
                  label={`${title} ${say('minute')}`}
                />
              </label>
              {Object.entries(answering.outcomes).map(([outcome, weight]) => {
                const word = contract?.outcomes[outcome]?.title ?? say('unavailable');
                return (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
                  <label key={outcome}>
                    <span className="xs muted">{word}</span>
                    <NumberInput
                      path={['calls', name, 'outcomes', outcome]}
                      value={weight}
                      label={`${title} ${word}`}
                    />
                  </label>
                );
              })}
              <label className="loadcheck">
                <input
                  type="checkbox"
                  checked={answering.office}
                  onChange={(event) => set(['calls', name, 'office'], event.target.checked)}
                />
                {say('office')}
                <span className="vh"> {title}</span>
              </label>
            </div>
          </fieldset>
        );
      })}
    </FormPart>
  );
}

export function Outside({ definition }: { readonly definition: Definition }) {
  const { given } = useFilling();
  const events = outsideOf(definition).filter((event) => event in given.outside);
  if (events.length === 0) return null;
  return (
    <FormPart title={say('outside')} text={say('outsideText')}>
      <Scroll label={say('outside')}>
        <thead>
          <tr>
            <th scope="col">{say('event')}</th>
            <th scope="col">{say('percent')}</th>
            <th scope="col">{say('after')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const title = definition.declared.events[event]?.title ?? event;
            const { percent = 0, minutes = 0 } = given.outside[event] ?? {};
            return (
              <tr key={event}>
                <th scope="row">{title}</th>
                <td>
                  <NumberInput
                    path={['outside', event, 'percent']}
                    value={percent}
                    label={`${title} ${say('percent')}`}
                  />
                </td>
                <td>
                  <NumberInput
                    path={['outside', event, 'minutes']}
                    value={minutes}
                    label={`${title} ${say('after')}`}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Scroll>
    </FormPart>
  );
}
