import type { Definition } from '../../engine/index.ts';
import { mutantSay } from './mutant-texts.ts';
import type { Unnoticed } from './mutants.ts';
import type { Written } from './shown.ts';
import { WrittenScenario } from './written-scenario.tsx';

interface MutantsListProps {
  readonly definition: Definition;
  readonly unnoticed: readonly Unnoticed[];
  readonly written: { readonly key: string; readonly written: Written } | null;
  readonly isDraft: boolean;
  readonly isWorking: boolean;
  onWrite(mutant: Unnoticed): void;
}

export const keyOfMutant = ({ index }: Unnoticed): string => `mutant ${index}`;

/** What could be changed without any scenario noticing: the change in words, where it is, and the scenario that would notice. */
export function MutantsList({ definition, unnoticed, written, isDraft, isWorking, onWrite }: MutantsListProps) {
  const open = unnoticed.filter(({ reason }) => reason === null);
  const same = unnoticed.filter(({ reason }) => reason !== null);
  return (
    <>
      {open.length === 0 ? <p className="muted">{mutantSay('all')}</p> : null}
      <ul className="labgaps">
        {open.map((mutant) => (
          <li key={mutant.index} data-mutant={mutant.index}>
            <MutantWords definition={definition} mutant={mutant} />
            <button
              type="button"
              className="btn sm"
              aria-disabled={isWorking}
              onClick={() => isWorking || onWrite(mutant)}
            >
              {mutantSay('write')}
              <span className="vh"> {wordsOf(definition, mutant)}</span>
            </button>
            {written?.key === keyOfMutant(mutant) ? (
              <WrittenScenario written={written.written} project={definition.project.id} isDraft={isDraft} />
            ) : null}
          </li>
        ))}
      </ul>
      {same.length === 0 ? null : (
        <details className="labmore">
          <summary>{mutantSay('same', { n: same.length })}</summary>
          <ul className="labgaps">
            {same.map((mutant) => (
              <li key={mutant.index}>
                <MutantWords definition={definition} mutant={mutant} />
                <span className="muted">{mutant.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function MutantWords({ definition, mutant }: { readonly definition: Definition; readonly mutant: Unnoticed }) {
  const state = definition.states[mutant.state];
  return (
    <span className="grow labmutant">
      <span>
        <span className="strong">{state?.label ?? state?.title ?? mutant.state}</span>
        <span className="block">{wordsOf(definition, mutant)}</span>
      </span>
      <code>{mutant.at}</code>
    </span>
  );
}

/** The change in words, with the names that people read. */
export function wordsOf(definition: Definition, { kind, what }: Pick<Unnoticed, 'kind' | 'what'>): string {
  switch (kind) {
    case 'drop guard':
      return mutantSay('dropGuard', { what });
    case 'negate guard':
      return mutantSay('negateGuard', { what });
    case 'drop timer':
      return mutantSay('dropTimer');
    case 'drop edge':
      return mutantSay('dropEdge');
    case 'drop word':
      return droppedWord(definition, what);
  }
}

function droppedWord({ declared }: Definition, what: string): string {
  const [word = '', name = ''] = what.split(': ');
  const { facts, counters, records, people } = declared;
  switch (word) {
    case 'prove':
      return mutantSay('noProve', { name: facts[name]?.title ?? name });
    case 'void':
      return mutantSay('noVoid', { name: facts[name]?.title ?? name });
    case 'count':
      return mutantSay('noCount', { name: counters[name]?.title ?? name });
    case 'record':
      return mutantSay('noRecord', { name: records[name]?.title ?? name });
    case 'sign':
      return mutantSay('noSign', { name: people[name] ?? name });
    default:
      return mutantSay('noWord', { what });
  }
}
