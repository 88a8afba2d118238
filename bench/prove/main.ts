import { exploreIn, Space } from '../../engine/explore/index.ts';
import { load } from '../../engine/load.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import { familyOf, memberId, membersOf, prove, proveMembers, withMember } from '../../engine/prove/index.ts';
import { definitionFiles } from '../definitions.ts';
import { cpuOf, interleaved, measured, print, round } from '../measure.ts';
import { explorePeer, peerOf } from './peer.ts';
import { independent } from './regions.ts';

const workflow = 'certificate-new';
const five = ['szmg', 'inner-mongolia', 'weigu', 'everbright', 'shenzhen-construction'];
/** The main region of the process and those that it reads. */
const searched = new Set(['main', 'money', 'shipment']);
const turns = 5;

/** The search beside `xstate/graph`, whole proofs beside their limits, growth with regions that do not interact. */
export async function main(): Promise<number> {
  const files = definitionFiles();
  await againstGraph(loaded(files, 'szmg'));
  const definitions = [loaded(withMember(files, workflow, {}), memberId(files, workflow))];
  for (const project of five) definitions.push(loaded(files, project));
  measured(
    'prove',
    'base-and-five-projects-ms',
    cpuOf(() => proveAll(definitions)),
    10_000,
  );
  growth();
  family(files);
  return 0;
}

function loaded(files: Files, project: string): Definition {
  const { definition } = load(files, project);
  if (definition === null) throw new Error(`${project} is not loaded`);
  return definition;
}

function proveAll(definitions: readonly Definition[]): void {
  const known = new Map();
  for (const definition of definitions) prove(definition, { known });
}

/** States each second, of all configurations and facts of one project. */
async function againstGraph(definition: Definition): Promise<void> {
  const options = { regions: searched, follow: new Set<string>() };
  const peer = peerOf(new Space(definition, options));
  const [ours, theirs] = [exploreIn(new Space(definition, options)), explorePeer(peer)];
  const times = await interleaved(turns, {
    ours: () => exploreIn(new Space(definition, options)),
    peer: () => explorePeer(peer),
  });
  const speed = (states: number, ms: number | undefined) => (states / (ms ?? Number.NaN)) * 1000;
  const configurations = new Set(ours.situations.map(({ configuration }) => configuration.id)).size;
  line('states-per-second', speed(ours.situations.length, times.ours), speed(theirs.states, times.peer));
  line('states', ours.situations.length, theirs.states);
  line('configurations', configurations, theirs.configurations);
  line('explore-ms', times.ours ?? Number.NaN, times.peer ?? Number.NaN, true);
}

/** From 1 to 8 regions that do not interact: proven apart, beside the product of all of them. */
function growth(): void {
  prove(loaded(independent(2), 'independent'));
  for (let regions = 1; regions <= 8; regions++) {
    const definition = loaded(independent(regions), 'independent');
    let states = 0;
    const apart = cpuOf(() => {
      states = prove(definition).groups.reduce((sum, group) => sum + group.states, 0);
    });
    let product = 0;
    const together = cpuOf(() => {
      product = exploreIn(new Space(definition)).situations.length;
    });
    line(`regions-${regions}-states`, states, product, true);
    line(`regions-${regions}-ms`, apart, together, true);
  }
}

/** Milliseconds of CPU for every combination of the settings with few values; two processors halve it. */
function family(files: Files): void {
  const known = familyOf(files, workflow);
  if (known === null) throw new Error('the base cannot be used');
  const members = membersOf(known);
  let machines = 0;
  const ms = cpuOf(() => {
    machines = proveMembers(files, workflow, members).machines.length;
  });
  measured('prove', 'family-ms', ms, 300_000);
  measured('prove', 'family-combinations', known.combinations, null);
  measured('prove', 'family-machines', machines, null);
}

/** @param less the smaller figure is the better one */
function line(metric: string, ours: number, peer: number, less = false): void {
  print({
    bench: 'prove',
    metric,
    ours: round(ours),
    peer: round(peer),
    ratio: round(less ? peer / ours : ours / peer),
  });
}
