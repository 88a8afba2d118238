import type { Files } from '../../../engine/model/definition.ts';
import type { Broken } from './hall.ts';

/** A build that is broken on purpose: the campaign has to find it. */
export interface Fault {
  readonly title: string;
  /** What is said of it. */
  readonly found: string;
  readonly broken?: Broken;
  readonly files?: (files: Files) => Files;
}

export const faults: readonly Fault[] = [
  {
    title: 'duplicate check skipped',
    found: 'stands in the case twice',
    broken: {
      inbox: (inbox, cases) => ({
        ...inbox,
        async event(connector, event, { caseId }, data) {
          const { definition } = await cases.read(caseId);
          const from = `${connector}.${event}`;
          const name = Object.entries(definition.declared.events).find(([, declared]) => declared.from === from)?.[0];
          if (name !== undefined)
            await cases.apply(caseId, () => ({ command: { kind: 'outside', event: name, data } }));
          return true;
        },
      }),
    },
  },
  {
    title: 'generation check dropped',
    found: 'was taken for that of request',
    broken: {
      engine: (engine) => ({
        ...engine,
        step(definition, state, command, env) {
          const known = command.kind === 'outcome' ? state.calls[command.call] : undefined;
          const blind = command.kind === 'outcome' && known ? { ...command, generation: known.generation } : command;
          return engine.step(definition, state, blind, env);
        },
      }),
    },
  },
  {
    title: 'outbox written outside the commit',
    found: 'which nobody was asked for',
    broken: {
      store: (store) => ({
        ...store,
        async updateCase(id, change, expected) {
          let outbox: Awaited<ReturnType<typeof store.updateCase>>['outbox'] | null = null;
          await store.updateCase(
            id,
            (now) => {
              const next = change(now);
              outbox = next?.outbox ?? null;
              return next && { ...next, outbox: now.outbox };
            },
            expected,
          );
          return store.updateCase(id, (now) => (outbox === null ? null : { ...now, outbox }));
        },
      }),
    },
  },
  {
    title: 'what was done stays in the outbox',
    found: 'what was done stays due',
    broken: {
      store: (store) => ({
        ...store,
        // Only what is a step is written; whoever takes up what is due would find it for ever.
        updateCase: (id, change, expected) =>
          store.updateCase(
            id,
            (now) => {
              const next = change(now);
              return next?.state.revision === now.state.revision ? null : next;
            },
            expected,
          ),
      }),
    },
  },
  {
    title: 'amount not compared',
    found: 'was taken for the fee of',
    files: replaced('workflows/fragments/money.fragment.yaml', / && event\.amount == last\.orders\.price/, ''),
  },
  {
    title: 'late success after failure ignored',
    found: 'a transfer went through after all',
    files: replaced(
      'workflows/fragments/organization-verification.fragment.yaml',
      /\n +late: \{ OK: DEPOSIT_LATE \}/,
      '',
    ),
  },
];

function replaced(path: string, what: RegExp, by: string): (files: Files) => Files {
  return (files) => {
    const text = files[path] ?? '';
    if (!what.test(text)) throw new Error(`${path} has no ${what}`);
    return { ...files, [path]: text.replace(what, by) };
  };
}
