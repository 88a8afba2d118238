import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule, valueAt } from './rule.ts';
import { type Hung, transitions } from './walk.ts';

/** `record` keeps the data of an event that has such data, `sign` the person of an event that a person sends. */
export const entries: ProcessRule = {
  id: 'entries',
  of: 'process',
  last: true,
  check(process) {
    const issues: Issue[] = [];
    for (const hung of transitions(process.written)) {
      const byPerson = sentByPerson(process, hung);
      for (const branch of hung.transition.branches) {
        const at = (word: string) => {
          const place = `${branch.address}:${word}`;
          return process.places.has(place) ? valueAt(process, place) : keyAt(process, place);
        };
        for (const record of branch.words.record) {
          const wanted = own(process.declared.records, record);
          if (wanted === undefined || fits(process, hung, wanted)) continue;
          const params = { name: record, wanted: wanted.form ?? wanted.of ?? '' };
          issues.push(issueAt(at('record'), 'record-of-other', params, { path: branch.address }));
        }
        if (branch.words.sign.length > 0 && !byPerson)
          issues.push(
            issueAt(
              at('sign'),
              'sign-without-person',
              { name: branch.words.sign.join('、') },
              { path: branch.address },
            ),
          );
      }
    }
    return issues;
  },
};

function sentByPerson(process: Process, hung: Hung): boolean {
  if (hung.kind !== 'on' && hung.kind !== 'follow') return false;
  const event = own(process.declared.events, hung.name);
  // What is unknown is told by its own rule.
  return event === undefined || event.by !== undefined;
}

/** The data of the transition's event is what the record keeps. */
function fits(process: Process, hung: Hung, record: { readonly form?: string; readonly of?: string }): boolean {
  switch (hung.kind) {
    case 'on':
    case 'follow': {
      const event = own(process.declared.events, hung.name);
      if (event === undefined) return true;
      if (record.form !== undefined) return event.form === record.form;
      // A late outcome comes as the event of its operation.
      const from = event.from ?? '';
      return record.of === from || record.of?.startsWith(`${from}.`) === true;
    }
    case 'outcome': {
      const { call } = hung.state;
      return call === null || record.of === `${call.connector}.${call.operation}.${hung.name}`;
    }
    case 'after':
    case 'when':
    case 'done':
      return false;
  }
}
