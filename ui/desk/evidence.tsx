import type { CaseView, EvidenceView } from '../../engine/contract/view.ts';
import { shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { now } from '../app/now.ts';
import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** What is proven and what is not, and below it what the other systems answered, with their numbers. */
export function Evidence({ view }: { readonly view: CaseView }) {
  const evidence = view.evidence ?? [];
  if (view.facts.length === 0 && evidence.length === 0) return null;
  return (
    <section className="deskgroup" aria-label={say('facts')}>
      <h3>{say('facts')}</h3>
      <ul className="deskfacts">
        {view.facts.map((fact) => (
          <li key={fact.id} className={fact.provenAt === null ? 'muted' : undefined}>
            <Icon name={fact.provenAt === null ? 'dot' : 'check'} />
            <span className="grow">{fact.title}</span>
            <span className="muted num">
              {fact.provenAt === null ? say('notProven') : shortDateTime(fact.provenAt, now())}
            </span>
          </li>
        ))}
      </ul>
      {evidence.length === 0 ? null : (
        <ol className="deskevidence" aria-label={say('answers')}>
          {evidence.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what happened has its place
            <Line key={index} one={one} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ one }: { readonly one: EvidenceView }) {
  return (
    <li>
      <Tile character={one.part.tile} size="sm" />
      <div>
        <p>
          <span className="vh">
            {one.part.title}
            {mark('colon')}
          </span>
          {one.title}
        </p>
        {one.details.map((detail) => (
          <p key={detail.title} className="xs num">
            {detail.title}
            {mark('colon')}
            {detail.text}
          </p>
        ))}
        {one.proved.length > 0 ? (
          <p className="xs ok">{say('proved', { facts: one.proved.join(mark('list')) })}</p>
        ) : null}
        {one.voided.length > 0 ? (
          <p className="xs warn">{say('voided', { facts: one.voided.join(mark('list')) })}</p>
        ) : null}
        <time className="muted xs" dateTime={new Date(one.at).toISOString()}>
          {one.part.title}
          {mark('comma')}
          {shortDateTime(one.at, now())}
        </time>
      </div>
    </li>
  );
}
