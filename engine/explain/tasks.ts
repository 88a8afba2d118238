import type { OfferView, SectionView, TaskView } from '../contract/view.ts';
import type { Actor } from '../model/command.ts';
import type { Definition, TaskNode } from '../model/definition.ts';
import { once } from '../model/once.ts';
import { chainOf } from '../run/configuration.ts';
import type { Offer } from '../run/offers.ts';
import { partOf } from './parts.ts';
import { contextOf, readSection, type Showing, sectionsOf } from './sections.ts';
import { isMine } from './waiting.ts';

/**
 * Tasks of active states for this viewer, mine first. Offers of a role that has no task just now (withdraw while others
 * review) stand in an entry of their own, with the data to read. Whoever has neither sees the data.
 * @param possible what the viewer is offered
 */
export function tasksOf(showing: Showing, viewer: Actor, possible: readonly Offer[]): readonly TaskView[] {
  const { definition, state } = showing;
  const renewing = renewals(definition);
  const offers = possible.filter((offer) => !renewing.has(offer.event));
  const tasks: TaskView[] = [];
  const placed = new Set<Offer>();
  const seen = new Set<string>();
  for (const leaf of state.active) {
    for (const address of chainOf(leaf)) {
      const node = definition.chart.states[address];
      const task = node?.task ?? null;
      if (node === undefined || task === null || seen.has(address) || !viewer.roles.includes(task.by)) continue;
      seen.add(address);
      const own = offers.filter((offer) => offer.state === address);
      for (const offer of own) placed.add(offer);
      tasks.push(taskView(showing, viewer, address, task, node.label ?? node.title, own, possible));
    }
  }
  const rest = offers.filter((offer) => !placed.has(offer));
  for (const role of new Set(rest.map((offer) => offer.by))) {
    const own = rest.filter((offer) => offer.by === role);
    tasks.push(aside(showing, viewer, role, own));
  }
  if (tasks.length === 0 && viewer.via === undefined)
    tasks.push(aside(showing, viewer, viewer.roles[0] ?? 'start', []));
  return [...tasks.filter((task) => task.mine), ...tasks.filter((task) => !task.mine)];
}

function taskView(
  showing: Showing,
  viewer: Actor,
  address: string,
  task: TaskNode,
  fallback: string,
  offers: readonly Offer[],
  possible: readonly Offer[],
): TaskView {
  const { definition } = showing;
  const mine = isMine(showing.state, viewer, task);
  const dialogues = offers.flatMap((offer) => (offer.form === undefined ? [] : [offer.form]));
  const context = mine ? contextOf(showing, task, dialogues, viewer) : null;
  return {
    state: address,
    title: task.title ?? fallback,
    by: partOf(definition, task.by),
    mine,
    ...(task.via === null ? {} : { via: task.via }),
    ...(task.content === null ? {} : { article: task.content }),
    sections: sectionsOf(showing, task, mine).map((section) => withRenewal(definition, section, possible)),
    ...(context == null ? {} : { context }),
    documents: task.documents.map((id) => ({ id, title: documentTitle(showing, id) })),
    ...correctable(definition)(task),
    offers: offers.map(offerView),
  };
}

/** Forms of the tasks that open only what was flagged. */
const correctable = once((definition: Definition) =>
  once((task: TaskNode): Pick<TaskView, 'correctable'> => {
    const others = Object.values(definition.chart.states).flatMap((node) =>
      node.task !== null && node.task.edit !== null && node.task.by !== task.by ? node.task.forms : [],
    );
    return others.length === 0 ? {} : { correctable: [...new Set(others)] };
  }),
);

/** Offers outside of any task of the role, and the data of the case to read: forms only, no records of others' work. */
function aside(showing: Showing, viewer: Actor, role: string, offers: readonly Offer[]): TaskView {
  const { definition, state } = showing;
  const sections: SectionView[] = [];
  for (const id of Object.keys(definition.forms)) {
    const section = readSection(definition, state, id, [role, ...viewer.roles]);
    if (section !== null) sections.push(section);
  }
  const address = offers[0]?.state ?? state.active[0] ?? '';
  const leaf = state.active.find((each) => each === address || each.startsWith(`${address}.`)) ?? address;
  const node = definition.chart.states[leaf];
  return {
    state: leaf,
    title: node?.label ?? node?.title ?? leaf,
    by: partOf(definition, role),
    mine: viewer.via === undefined && offers.some((offer) => offer.blockers.length === 0),
    sections,
    documents: [],
    offers: offers.map(offerView),
  };
}

/** Events that an open page sends by itself: they are no buttons. */
const renewals = once(
  ({ declared }: Definition): ReadonlySet<string> =>
    new Set(Object.values(declared.secrets).flatMap((secret) => secret.renews ?? [])),
);

function withRenewal(definition: Definition, section: SectionView, possible: readonly Offer[]): SectionView {
  const renews = section.kind === 'link' ? definition.declared.secrets[section.secret]?.renews : undefined;
  const now = possible.some((offer) => offer.event === renews && offer.blockers.length === 0);
  return renews === undefined || !now ? section : ({ ...section, renews } as SectionView);
}

function offerView(offer: Offer): OfferView {
  const { state: _state, by: _by, ...view } = offer;
  return view;
}

function documentTitle(showing: Showing, id: string): string {
  const title = showing.definition.documents[id]?.title;
  return typeof title === 'string' ? title : id;
}
