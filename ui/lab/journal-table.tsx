import { type Definition, type JournalEntry, type Session, titleOfEntry } from '../../engine/index.ts';
import { shortDateTime } from '../app/format.ts';
import { Tile } from '../app/parts/tile.tsx';
import { locale } from '../app/texts/index.ts';
import { partOf } from './people.ts';
import { say } from './texts.ts';

export function JournalTable({ session }: { readonly session: Session }) {
  const { journal, definition, now } = session;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by the keyboard too
    <section className="labjournal" tabIndex={0} aria-label={say('journal')}>
      <div className="ph">
        <h2>{say('journal')}</h2>
        <span className="muted">{say('steps', { n: journal.length })}</span>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('step')}</th>
            <th scope="col">{say('time')}</th>
            <th scope="col">{say('who')}</th>
            <th scope="col">{say('what')}</th>
            <th scope="col">{say('result')}</th>
          </tr>
        </thead>
        <tbody>
          {[...journal].reverse().map((entry, index) => {
            const part = partOf(definition, entry.part === 'start' ? 'applicant' : entry.part);
            return (
              <tr key={entry.revision} className={index === 0 ? 'cur' : undefined}>
                <td className="num">{entry.revision}</td>
                <td className="num">{shortDateTime(entry.at, now)}</td>
                <td>
                  <span className="row labwho">
                    <Tile character={part.tile} size="sm" /> {part.title}
                  </span>
                </td>
                <td title={entry.what}>{titleOfEntry(definition, entry, locale())}</td>
                <td>{resultOf(definition, entry)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function resultOf(definition: Definition, entry: JournalEntry): string {
  const name = (id: string) => definition.states[id]?.label ?? definition.states[id]?.title ?? id;
  const { facts, counters } = definition.declared;
  const states = [...new Set(entry.entered.map(name))];
  return [
    states.length > 0 ? say('to', { state: states.join(say('comma')) }) : say('stays'),
    ...entry.proved.map((id) => say('proved', { fact: facts[id]?.title ?? id })),
    ...entry.voided.map((id) => say('voided', { fact: facts[id]?.title ?? id })),
    ...entry.counted.map((id) => say('counted', { counter: counters[id]?.title ?? id })),
  ].join(say('comma'));
}
