import type { HealthView } from '../../../engine/contract/health.ts';
import { clockTime } from '../../app/format.ts';
import { lasted } from '../reports/lasted.ts';
import { say } from './texts.ts';

const OURS = ['message', 'desk', 'portal', 'house'] as const;

/** Connectors have the names of their files; what is the hall's own has one that people know. */
function nameOf(name: string): string {
  const own = OURS.find((one) => one === name);
  return own ? say(own) : name;
}

/** What waits for which system, and whether that one is being asked. */
export function Queues({ view, heading }: { readonly view: HealthView; readonly heading: string }) {
  const { queues, circuits } = view;
  const alone = circuits.filter(({ openUntil }) => openUntil !== null);
  const names = [...new Set([...queues.map(({ name }) => name), ...alone.map(({ name }) => name)])].sort();
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{say('queue')}</h2>
      {names.length === 0 ? <p className="muted">{say('none')}</p> : null}
      {names.length > 0 ? (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('name')}</th>
              <th scope="col" className="num">
                {say('waiting')}
              </th>
              <th scope="col" className="num">
                {say('owed')}
              </th>
              <th scope="col" className="num">
                {say('oldest')}
              </th>
              <th scope="col">{say('state')}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const queue = queues.find((one) => one.name === name);
              const circuit = alone.find((one) => one.name === name);
              return (
                <tr key={name}>
                  <th scope="row">{nameOf(name)}</th>
                  <td className="num" data-label={say('waiting')}>
                    {queue?.waiting ?? 0}
                  </td>
                  <td className="num" data-label={say('owed')}>
                    {queue?.owed ?? 0}
                  </td>
                  <td className="num" data-label={say('oldest')}>
                    {queue?.oldest == null ? '—' : lasted(queue.oldest)}
                  </td>
                  <td data-label={say('state')}>
                    {circuit?.openUntil == null
                      ? say('asUsual')
                      : say('until', { time: clockTime(circuit.openUntil), n: circuit.failures })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
