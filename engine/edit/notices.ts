import { transitionsOfState } from '../check/walk.ts';
import { delaySaid } from '../compose/duration.ts';
import { edgesOf } from '../compose/nodes.ts';
import type { EditNotice, EditRemoval, EditText } from '../contract/edit.ts';
import type { ChartState } from '../model/composed.ts';
import { own } from '../model/own.ts';
import { plain } from '../read/index.ts';
import { type Ground, hashOf } from './ground.ts';

/** The notices that a state sends, each once, in the order in which it names them. */
export function noticesOf(
  ground: Ground,
  state: ChartState,
  titleOf: (address: string) => string,
): readonly EditNotice[] {
  const { declared, composed } = ground.composition;
  return [...sentBy(ground, state)].flatMap(([id, when]): EditNotice[] => {
    const known = own(declared.notices, id);
    if (known === undefined) return [];
    const others = Object.values(composed.chart.states).filter(
      (other) => other.address !== state.address && idsOf(other).has(id),
    );
    const said = (word: 'text' | 'inbox', value: string): EditText => ({
      value,
      ...ground.declared(['notices', id, word]),
    });
    return [
      {
        ...{ id, by: known.by, when },
        role: known.role === undefined ? null : (composed.roles[known.role]?.title ?? known.role),
        also: [...new Set(others.map(({ address }) => titleOf(address)))],
        text: said('text', known.text),
        inbox: known.inbox === undefined ? null : said('inbox', known.inbox),
        removal: removalOf(ground, id),
      },
    ];
  });
}

type When = EditNotice['when'][number];

function sentBy(ground: Ground, state: ChartState): ReadonlyMap<string, readonly When[]> {
  const { declared, composed } = ground.composition;
  const sent = new Map<string, When[]>();
  const note = (id: string, when: When) => {
    const before = sent.get(id) ?? [];
    const isKnown = before.some(({ kind, said }) => kind === when.kind && said.zh === when.said.zh);
    sent.set(id, isKnown ? before : [...before, when]);
  };
  for (const id of state.enter.notify) note(id, { kind: 'enter', said: { zh: '', en: '' } });
  const edges = edgesOf(state, { declared, connectors: composed.connectors }).filter(({ kind }) => kind !== 'late');
  const ways = transitionsOfState(state).flatMap(({ transition }) => transition.branches);
  for (const [index, { words }] of ways.entries()) {
    const { title = '', en = title } = edges[index] ?? {};
    for (const id of words.notify) note(id, { kind: 'way', said: { zh: title, en } });
  }
  for (const { notice, duration } of state.remind) note(notice, { kind: 'remind', said: delaySaid(duration) });
  return sent;
}

function idsOf(state: ChartState): ReadonlySet<string> {
  return new Set([
    ...state.enter.notify,
    ...transitionsOfState(state).flatMap(({ transition }) => transition.branches.flatMap(({ words }) => words.notify)),
    ...state.remind.map(({ notice }) => notice),
  ]);
}

function removalOf(ground: Ground, id: string): EditRemoval {
  const node = ground.node(['notices', id]);
  if (node === undefined) return { kind: 'no', why: 'absent' };
  const change = ground.changeAt(node.origin);
  if (change !== null && ground.says(change, 'add', `notices.${id}`)) return { kind: 'takeBack', change };
  return { kind: 'remove', remove: `notices.${id}`, was: hashOf(plain(node)) };
}
