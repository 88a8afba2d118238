import type { CaseImpact, Impact } from '../../engine/contract/impact.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { say } from './change-texts.ts';

const TONES = { same: 'tag ok', moved: 'tag warn', person: 'tag err' } as const;

/** How many open cases a change leaves alone, changes, or leaves to a person, and which. */
export function ImpactTable({ impact }: { readonly impact: Impact }) {
  const { counts, cases } = impact;
  const all = counts.same + counts.moved + counts.person;
  if (all === 0) return <p className="muted">{say('impactNone')}</p>;
  return (
    <>
      <ul className="impactcounts">
        {(['person', 'moved', 'same'] as const).map((outcome) => (
          <li key={outcome}>
            <strong className="num">{counts[outcome]}</strong> <span className={TONES[outcome]}>{say(outcome)}</span>
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by the keyboard too */}
      <section className="impactlist" tabIndex={0} aria-label={say('impact')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{say('caseNumber')}</th>
              <th scope="col">{say('of')}</th>
              <th scope="col">{say('stands')}</th>
              <th scope="col">{say('outcome')}</th>
              <th scope="col">{say('why')}</th>
            </tr>
          </thead>
          <tbody>
            {cases.map((each) => (
              <Row key={each.number} impact={each} />
            ))}
          </tbody>
        </table>
      </section>
      {cases.length < all ? <p className="muted">{say('listed', { n: cases.length, all })}</p> : null}
    </>
  );
}

function Row({ impact }: { readonly impact: CaseImpact }) {
  const { number, release, label, outcome, blockers, begins } = impact;
  return (
    <tr>
      <td>
        <CaseNumber number={number} />
      </td>
      <td className="num">{release}</td>
      <td>{label}</td>
      <td>
        <span className={TONES[outcome]}>{say(outcome)}</span>
      </td>
      <td>{[...blockers, ...begins].join(mark('list'))}</td>
    </tr>
  );
}
