import { useState } from 'react';
import type { LoadReport, RoleLoad } from '../../../engine/simulate/load/index.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { Chart } from '../../desk/reports/chart.tsx';
import { lasted } from '../../desk/reports/lasted.ts';
import { Rows } from '../../desk/reports/rows.tsx';
import { ResultPart } from './result-part.tsx';
import { say } from './texts.ts';
import { dayName, percent } from './told.ts';

const round = (value: number): number => Math.round(value * 10) / 10;

/** How busy people are, and at which hours of the week. */
export function Roles({ report }: { readonly report: LoadReport }) {
  const [chosen, setChosen] = useState(report.roles[0]?.role ?? '');
  const role = report.roles.find((one) => one.role === chosen) ?? report.roles[0];
  const make = () => ({
    head: [say('role'), say('hourName'), say('duty'), say('busyPeople'), say('waitingJobs')],
    rows: report.roles.flatMap((each) =>
      hoursOf(each).map(({ name, duty, busy, waiting }) => [each.title, name, duty, busy, waiting]),
    ),
  });
  if (!role) return null;
  const hours = hoursOf(role);
  return (
    <ResultPart wide title={say('roles')} text={say('rolesText')} table={{ name: 'roles', make }}>
      <Rows
        caption={say('roles')}
        rows={report.roles}
        keyOf={(one) => one.role}
        columns={[
          {
            title: say('role'),
            cell: ({ tile, title }) => (
              <span className="row">
                <Tile character={tile} size="sm" /> {title}
              </span>
            ),
          },
          { title: say('people'), num: true, cell: ({ people }) => people },
          { title: say('busy'), num: true, cell: ({ busy }) => percent(busy) },
          { title: say('jobs'), num: true, cell: ({ jobs }) => jobs },
          { title: say('waitHalf'), num: true, cell: ({ waits }) => lasted(waits.median) },
          { title: say('waitMost'), num: true, cell: ({ waits }) => lasted(waits.most) },
          { title: say('enough'), num: true, cell: ({ enough }) => enough },
        ]}
      />
      <div className="row wrap loadpick">
        {report.roles.map((one) => (
          <button
            key={one.role}
            type="button"
            className="btn sm"
            aria-pressed={one.role === role.role}
            onClick={() => setChosen(one.role)}
          >
            {one.title}
          </button>
        ))}
      </div>
      <Chart
        title={say('hoursOf', { role: role.title })}
        labels={hours.map(({ name }) => name)}
        tick={(label) => label}
        series={[
          { name: say('busyPeople'), look: 'brand', values: hours.map(({ busy }) => busy) },
          { name: say('waitingJobs'), look: 'warn', values: hours.map(({ waiting }) => waiting) },
        ]}
      />
      <details>
        <summary>{say('table')}</summary>
        <Rows
          caption={say('hoursOf', { role: role.title })}
          rows={hours}
          keyOf={({ name }) => name}
          columns={[
            { title: say('hourName'), cell: ({ name }) => name },
            { title: say('duty'), num: true, cell: ({ duty }) => duty },
            { title: say('busyPeople'), num: true, cell: ({ busy }) => busy },
            { title: say('waitingJobs'), num: true, cell: ({ waiting }) => waiting },
          ]}
        />
      </details>
    </ResultPart>
  );
}

/** Hours of the week at which somebody is on duty, or work is done; averages over the weeks. */
function hoursOf({
  hours,
  people,
  weeks,
}: RoleLoad): readonly { name: string; duty: number; busy: number; waiting: number }[] {
  return hours.flatMap(({ duty, busy, waiting }, bin) => {
    if (duty === 0) return [];
    const name = `${dayName(Math.floor(bin / 24))} ${say('hour', { n: bin % 24 })}`;
    const over = weeks[bin] || 1;
    return [{ name, duty: round((duty * people) / over), busy: round(busy / over), waiting: round(waiting) }];
  });
}
