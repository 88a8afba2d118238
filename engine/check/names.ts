import type { IssueCode } from '../errors/issues.ts';
import type { Words } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { noWords } from '../model/words.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule, unknown, valueAt } from './rule.ts';
import { transitions } from './walk.ts';

/** Every fact, counter, record, person, secret and notice that a word names is declared. */
export const names: ProcessRule = {
  id: 'names',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const { declared, written } = process;
    for (const { transition } of transitions(written))
      for (const branch of transition.branches) checkWords(process, branch.words, `${branch.address}:`, issues);
    for (const state of Object.values(written.states)) {
      const prefix = state.address === '' ? '' : `${state.address}.`;
      checkWords(process, state.enter, `${prefix}enter.`, issues);
      for (const reminder of state.remind) {
        const at = `${prefix}remind.${reminder.key.replace(/#\d+$/, '')}`;
        if (!(reminder.notice in declared.notices))
          issues.push(
            unknown(valueAt(process, at), 'unknown-notice', reminder.notice, Object.keys(declared.notices), at),
          );
      }
      for (const obligation of state.obligations)
        if (obligation.fact !== null && !(obligation.fact in declared.facts)) {
          const at = `${obligation.address}.fact`;
          issues.push(unknown(valueAt(process, at), 'unknown-fact', obligation.fact, Object.keys(declared.facts), at));
        }
      if (state.stage !== null && !(state.stage in declared.stages) && process.places.has(`${prefix}stage`))
        issues.push(
          unknown(
            valueAt(process, `${prefix}stage`),
            'unknown-stage',
            state.stage,
            Object.keys(declared.stages),
            `${prefix}stage`,
          ),
        );
    }
    return issues;
  },
};

const wordKinds = {
  prove: ['facts', 'unknown-fact'],
  void: ['facts', 'unknown-fact'],
  count: ['counters', 'unknown-counter'],
  record: ['records', 'unknown-record'],
  sign: ['people', 'unknown-person'],
  make: ['secrets', 'unknown-secret'],
  notify: ['notices', 'unknown-notice'],
} as const satisfies { [word in Exclude<keyof Words, 'erase'>]: readonly [string, IssueCode] };

function checkWords(process: Process, words: Words, prefix: string, issues: Issue[]): void {
  if (words === noWords) return;
  for (const [word, [part, code]] of Object.entries(wordKinds)) {
    const known = process.declared[part];
    for (const name of words[word as keyof Words]) {
      if (Object.hasOwn(known, name)) continue;
      const at = `${prefix}${word}`;
      const place = process.places.has(at) ? valueAt(process, at) : keyAt(process, at);
      issues.push(unknown(place, code, name, Object.keys(known), at));
    }
  }
}
