import { expect, test, vi } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { loadAll, load as loadOne } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { type ProveOptions, prove, tell } from '../../../engine/prove/index.ts';
import { runScenario } from '../../../engine/simulate/index.ts';
import { changed } from '../definitions.ts';
import { loan } from '../run/support.ts';
import { permit } from './permit.ts';

vi.setConfig({ testTimeout: 180_000 });

const files: Files = definitionFiles();
const workflow = 'workflows/certificate-new.workflow.yaml';
const fragment = (name: string) => `workflows/fragments/${name}.fragment.yaml`;

const shipped = loadAll(files).projects;

function load(of: Files, project: string): Definition {
  const { definition } = loadOne(of, project);
  if (definition === null) throw new Error(`${project} cannot be used`);
  return definition;
}

/** Projects that are the same process to the search are searched once here, too. [PRV-7] */
const known: NonNullable<ProveOptions['known']> = new Map();

/** What is found, as `kind:name`, each played. */
function told(definition: Definition) {
  const proof = prove(definition, { known });
  expect(proof.unfinished).toEqual([]);
  return proof.violations.map((violation) => tell(definition, violation));
}

test.each(Object.entries(shipped))('nothing is wrong with the shipped definitions: %s [PRV-4]', (_, definition) => {
  expect(told(definition).map(({ kind, name }) => `${kind}:${name}`)).toEqual([]);
});

interface Seeded {
  readonly fault: string;
  readonly project: string;
  /** Default: the shipped ones. */
  readonly of?: Files;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly name: RegExp;
}

/** The checker of definitions asks whether forms are filled in before it lets anybody near production. */
const filled =
  '{ if: has(delivery.way) && has(certificate.type) && has(certificate.years) && has(bank.accountName), to: work.fulfilment }';
const seeded: readonly Seeded[] = [
  {
    fault: 'issued without proof of the organisation after a refused refund',
    project: 'szmg',
    file: workflow,
    from: 'closedRefunded, back: work.back }',
    to: `closedRefunded, back: [${filled}, { to: work.back }] }`,
    kind: 'law',
    name: /^complete$/,
  },
  {
    fault: 'money kept after withdrawal',
    project: 'szmg',
    of: changed(workflow, "void: at('main.closed') || at('main.withdrawn')", "void: at('main.closed')", files),
    file: workflow,
    from: 'WITHDRAW: [{ if: "!facts.paid", to: withdrawn }, { refuse: 已经付款，请改为申请退费 }]',
    to: 'WITHDRAW: withdrawn',
    kind: 'law',
    name: /^noLostMoney$/,
  },
  {
    fault: 'authentication by the legal representative in a project that forbids it',
    project: 'szmg-auth',
    of: changed('workflows/projects/szmg-auth.project.yaml', 'settings:', 'settings:\n  legalRepAuth: false', files),
    file: fragment('organization-verification'),
    from: 'if: settings.legalRepAuth && (counters.transfers',
    to: 'if: (counters.transfers',
    kind: 'law',
    name: /egalRep$/,
  },
  {
    fault: 'stuck because the only exit needs a counter that is exhausted',
    project: 'north',
    of: permit,
    file: 'workflows/permit.workflow.yaml',
    from: '          DROP: rejected\n      second',
    to: '      second',
    kind: 'stuck',
    name: /^main\.again$/,
  },
  {
    fault: 'an overlay that removes a state and leaves the goal unreachable while another end is reached',
    project: 'north',
    of: permit,
    file: 'workflows/projects/north.project.yaml',
    from: 'number: "901"',
    to: 'number: "901"\nchanges: { one: { remove: main.second, was: "726b4420", reconnect: main.sealing } }',
    kind: 'goal',
    name: /^main\.issued$/,
  },
  {
    fault: 'one person as both reviewers, when the second claims the case for another round',
    project: 'szmg-change',
    file: fragment('review'),
    from: 'not: [secondReviewer, given.others], prefer',
    to: 'not: [given.others], prefer',
    kind: 'law',
    name: /^twoReviewers$/,
  },
  {
    fault: 'a follower that is forgotten',
    project: 'szmg',
    file: fragment('shipment'),
    from: '    follow: { RECEIVED: delivered } # the lost parcel came after all\n',
    to: '',
    kind: 'follower',
    name: /^RECEIVED:shipment$/,
  },
];

test.each(seeded)('found and played: $fault [PRV-4] [PRV-6]', ({ project, of, file, from, to, kind, name }) => {
  const definition = load(changed(file, from, to, of ?? files), project);
  const found = told(definition).filter((each) => each.kind === kind && name.test(each.name));
  expect(found.length).toBeGreaterThan(0);
  for (const { played, scenario, kind: what, name: which } of found) {
    expect(played).toBe(true);
    const result = runScenario(definition, scenario);
    if (what !== 'law') expect(result.passed).toBe(true);
    else expect(result.session?.incidents).toContain(`law:${which}`);
  }
});

test('what is said of a law is that it holds, or why that is not known [PRV-9] [PRV-8]', () => {
  const { held, undecided } = prove(shipped.szmg!, { known });
  expect(held).toEqual(expect.arrayContaining(['complete', 'twoReviewers', 'fourEyes', 'onePayment', 'conserved']));
  expect(undecided).toEqual([]);
  // A price that may be nothing makes it the data's business.
  const free = changed(
    'workflows/projects/szmg.project.yaml',
    'paymentModes: [online]',
    'paymentModes: [online]\n  prices: { person: { "1": 0 } }',
    files,
  );
  expect(prove(load(free, 'szmg')).undecided).toContainEqual({
    law: 'complete',
    unknown: ['certificate.fee == 0'],
    reason: 'values',
  });
});

test('the small process of the fixtures is sound [PRV-4]', () => {
  expect(told(load(permit, 'north'))).toEqual([]);
});

test('counters that are followed only where it matters change nothing of what is found [PRV-5] [PRV-3]', () => {
  const names = (definition: Definition, naive: boolean) =>
    prove(definition, { naive })
      .violations.map(({ kind, name }) => `${kind}:${name}`)
      .sort();
  expect(names(loan(), false)).toEqual(names(loan(), true));
});
