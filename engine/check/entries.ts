import type { Composition } from '../compose/index.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule, valueAt } from './rule.ts';
import { type Hung, transitions } from './walk.ts';

/** `record` keeps the data of an event that has such data, `sign` the person of an event that a person sends. */
export const entries: Rule = {
  id: 'entries',
  last: true,
  check(composition) {
    const issues: Issue[] = [];
    for (const hung of transitions(composition.written)) {
      const byPerson = sentByPerson(composition, hung);
      for (const branch of hung.transition.branches) {
        const at = (word: string) => {
          const place = `${branch.address}:${word}`;
          return composition.places.has(place) ? valueAt(composition, place) : keyAt(composition, place);
        };
        for (const record of branch.words.record) {
          const wanted = own(composition.declared.records, record);
          if (wanted === undefined || fits(composition, hung, wanted)) continue;
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

function sentByPerson(composition: Composition, hung: Hung): boolean {
  if (hung.kind !== 'on' && hung.kind !== 'follow') return false;
  const event = own(composition.declared.events, hung.name);
  // What is unknown is told by its own rule.
  return event === undefined || event.by !== undefined;
}

/** The data of the transition's event is what the record keeps. */
function fits(composition: Composition, hung: Hung, record: { readonly form?: string; readonly of?: string }): boolean {
  switch (hung.kind) {
    case 'on':
    case 'follow': {
      const event = own(composition.declared.events, hung.name);
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
