import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { rootNames } from '../run/scope.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule } from './rule.ts';

const targets = ['next', 'here', 'back', 'exit', 'onward', 'case'];
/** Words of a state; `done` may be a name all the same, since only a state with regions has it as a word. */
const stateKeys = [
  ...[
    'title',
    'label',
    'stage',
    'look',
    'promise',
    'task',
    'call',
    'with',
    'late',
    'states',
    'regions',
    'start',
    'final',
  ],
  ...['on', 'follow', 'after', 'remind', 'when', 'enter', 'keep', 'afterwards', 'obligations', 'use', 'exits'],
];

/** Where the addresses of a project's other changes begin: no region is called that. */
const others = ['forms', 'content'];

/** Nothing moves a state that is final. */
const moves = ['on', 'follow', 'after', 'remind', 'when', 'obligations'];

/** What the shape of the files cannot say: names that are taken, words that exclude each other, circles. */
export const shape: ProcessRule = {
  id: 'shape',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    for (const id of process.formIds)
      if ((rootNames as readonly string[]).includes(id) || id === 'secrets')
        issues.push(issueAt(process.formOrigins[id]!, 'reserved-name', { name: id }, { path: `forms.${id}` }));
    for (const state of Object.values(process.written.states)) {
      if (state.address === '') continue;
      const at = state.address;
      if (targets.includes(state.id) || stateKeys.includes(state.id) || (at === state.id && others.includes(at)))
        issues.push(issueAt(keyAt(process, at), 'reserved-name', { name: state.id }, { path: at }));
      const has = (key: string) => process.places.has(`${at}.${key}`);
      const kinds = [
        state.task !== null && 'task',
        state.call !== null && 'call',
        state.children.length > 0 && (state.kind === 'parallel' ? 'regions' : 'states'),
        has('final') && 'final',
      ].filter((kind) => kind !== false);
      const excluded = kinds.length > 1 && !(kinds.length === 2 && kinds[0] === 'task' && kinds[1] === 'states');
      if (excluded)
        issues.push(issueAt(keyAt(process, at), 'state-mixed', { one: kinds[0], two: kinds[1] }, { path: at }));
      const still = has('final') ? moves.find(has) : undefined;
      if (still !== undefined)
        issues.push(
          issueAt(keyAt(process, `${at}.${still}`), 'state-mixed', { one: 'final', two: still }, { path: at }),
        );
      if (state.afterwards && kinds.length > 0)
        issues.push(
          issueAt(
            keyAt(process, `${at}.afterwards`),
            'state-mixed',
            { one: 'afterwards', two: kinds[0] },
            { path: at },
          ),
        );
      if (state.done !== null && state.kind !== 'parallel')
        issues.push(issueAt(keyAt(process, `${at}.done`), 'done-without-regions', {}, { path: `${at}.done` }));
      checkObligations(process, at, issues);
    }
    return issues;
  },
};

function checkObligations(process: Process, address: string, issues: Issue[]): void {
  const last = process.written.states[address]!.obligations.at(-1);
  if (last !== undefined && (last.fact !== null || last.if !== null))
    issues.push(issueAt(last.origin, 'obligations-open', {}, { path: last.address }));
}
