import type { Standing } from '../../engine/explain/queue.ts';
import { leadsOf } from '../../engine/index.ts';
import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import type { Definition, TaskNode } from '../../engine/model/definition.ts';
import { withLater } from '../../engine/model/once.ts';
import { APPLICANT } from '../policies/roles.ts';
import type { CaseDocument } from '../store/store.ts';

/** A task of an active state: who may do it. */
export interface OpenTask {
  readonly state: string;
  readonly by: string;
  /** Person it is claimed by (`only`), when somebody signed. */
  readonly only: string | null;
  readonly claimed: boolean;
  readonly not: readonly string[];
  /** Person who knows the case: it stands first for them. */
  readonly prefer: string | null;
  /** It stands before others for everybody. */
  readonly first: boolean;
}

/** Something that a case waits for. */
export interface OpenWait {
  readonly state: string;
  /** Role, connector, or `timer` for word from outside. */
  readonly part: string;
  readonly kind: 'task' | 'call' | 'time';
  readonly since: number;
}

/** What lists and policies need of a case without opening it. Derived from the document, rebuilt at start. */
export interface IndexEntry {
  readonly id: string;
  readonly number: string;
  readonly project: string;
  readonly workflow: string;
  readonly release: string;
  readonly owner: string;
  /** Company that it was started for; absent where it is the owner's alone. */
  readonly company?: string;
  readonly over: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly revision: number;
  readonly tasks: readonly OpenTask[];
  /** Roles that have, had, or could now act on something in this case. */
  readonly roles: ReadonlySet<string>;
  /** For filters: who it is about and the label that its owner sees. */
  readonly subject: string;
  readonly label: string;
  /** Ids of the lists in which it stands. */
  readonly lists: readonly string[];
  /** Nearest time that somebody waits for, or null. */
  readonly until: number | null;
  /** When what is promised for it begins to press, and when it is late; null where nothing is promised. */
  readonly promised: { readonly warn: number; readonly until: number } | null;
  readonly waits: readonly OpenWait[];
  /** By which a search finds what was typed in it; see search-keys.ts. */
  readonly keys: readonly string[];
  /** Messages of the owner's inbox, oldest first. */
  readonly inbox: readonly { readonly key: string; readonly at: number }[];
  /** The newest message of the conversation, and whether it is the owner's, whom nobody has answered. Absent without one. */
  readonly talk?: { readonly key: string; readonly asks: boolean };
  /** Newest generation of each secret: older links are void. */
  readonly generations: { readonly [secret: string]: number };
}

/** What the engine says of a case for lists. */
export interface Described
  extends Pick<IndexEntry, 'subject' | 'label' | 'until' | 'promised' | 'lists' | 'waits' | 'keys'> {
  readonly standings: readonly Standing[];
}

/**
 * @param describe asked once, when somebody looks at what only lists show. Policies ask for an entry with each request and
 *   look at the owner, perhaps at the roles: to describe a case costs as much as a step of it.
 */
export function indexEntry(document: CaseDocument, definition: Definition, describe: () => Described): IndexEntry {
  const { state, journal } = document;
  const shown = withLater({}, 'now', describe);
  const roles = withLater({}, 'now', () => rolesOf(state, journal, definition));
  const tasks = withLater({}, 'now', () => openTasks(state, definition, shown.now.standings));
  return {
    id: state.id,
    number: state.number,
    project: state.project,
    workflow: state.workflow,
    release: state.release,
    owner: state.owner,
    ...(document.company !== undefined && { company: document.company }),
    over: state.over,
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
    revision: state.revision,
    inbox: (document.inbox ?? []).map(({ key, at }) => ({ key, at })),
    ...talkOf(document),
    generations: Object.fromEntries(
      Object.entries(state.secrets).map(([secret, { generation }]) => [secret, generation]),
    ),
    get tasks() {
      return tasks.now;
    },
    get roles() {
      return roles.now;
    },
    get subject() {
      return shown.now.subject;
    },
    get label() {
      return shown.now.label;
    },
    get lists() {
      return shown.now.lists;
    },
    get until() {
      return shown.now.until;
    },
    get promised() {
      return shown.now.promised;
    },
    get waits() {
      return shown.now.waits;
    },
    get keys() {
      return shown.now.keys;
    },
  };
}

function talkOf({ talk }: CaseDocument): Pick<IndexEntry, 'talk'> {
  const last = talk?.messages.at(-1);
  return last === undefined ? {} : { talk: { key: last.key, asks: last.role === APPLICANT } };
}

/** The states that are active: the atomic ones and all around them. */
export function activeStates(state: CaseState): readonly string[] {
  const all = new Set<string>(['']);
  for (const address of state.active) {
    const parts = address.split('.');
    for (let n = 1; n <= parts.length; n += 1) all.add(parts.slice(0, n).join('.'));
  }
  return [...all];
}

function openTasks(state: CaseState, definition: Definition, standings: readonly Standing[]): readonly OpenTask[] {
  if (state.over) return [];
  return activeStates(state).flatMap((address) => {
    const task: TaskNode | null = definition.states[address]?.task ?? null;
    if (!task) return [];
    const only = task.only === null ? null : (state.people[task.only] ?? null);
    const not = task.not.flatMap((part) => state.people[part] ?? []);
    const standing = standings.find((each) => each.state === address);
    const { prefer = null, first = false } = standing ?? {};
    return [{ state: address, by: task.by, only, claimed: task.only !== null, not, prefer, first }];
  });
}

/**
 * A role belongs to a case when a task of it was ever active, or when a state that is active now hears one of its events.
 * A reviewer thus never sees a draft, and still finds the case that was sent back. Whoever was told of it
 * may look, too, and whoever leads sees what they see who are led.
 */
function rolesOf(state: CaseState, journal: readonly JournalEntry[], definition: Definition): ReadonlySet<string> {
  const roles = new Set<string>();
  const active = activeStates(state);
  const visited = new Set([...active, ...journal.flatMap(({ entered }) => entered)]);
  for (const address of visited) {
    const by = definition.states[address]?.task?.by;
    if (by !== undefined) roles.add(by);
  }
  for (const address of active) {
    for (const edge of definition.states[address]?.edges ?? []) {
      const by = edge.kind === 'on' ? definition.declared.events[edge.name]?.by : undefined;
      if (by !== undefined) roles.add(by);
    }
  }
  for (const name of journal.flatMap(({ notified }) => notified)) {
    const told = definition.declared.notices[name]?.role;
    if (told !== undefined) roles.add(told);
  }
  for (const [leader, led] of leadsOf(definition)) if ([...led].some((role) => roles.has(role))) roles.add(leader);
  return roles;
}

/** Entries that may wait with their whole case: enough for what is being worked on, few enough to be described while a list is asked for. */
const MOST_WAITING = 128;

/**
 * All cases in memory. What a list shows of a case costs as much as a step of it: it is worked out when somebody looks,
 * and a case that makes ten steps meanwhile is described once.
 */
export class CaseIndex {
  readonly #entries = new Map<string, IndexEntry>();
  readonly #owned = new Map<string, Set<string>>();
  /** Newer than what is in `#entries` and not described yet, oldest first. */
  readonly #waiting = new Map<string, IndexEntry>();

  get(id: string): IndexEntry | null {
    return this.#waiting.get(id) ?? this.#entries.get(id) ?? null;
  }
  /** An entry of an older revision than the known one is not taken. */
  put(entry: IndexEntry): void {
    const { id, revision, owner } = entry;
    const known = this.get(id);
    if (known && known.revision > revision) return;
    this.#waiting.delete(id);
    this.#waiting.set(id, entry);
    this.#own(owner, id);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MOST_WAITING && oldest !== undefined) this.#settle(oldest);
  }
  /** Takes what a clean stop left. */
  load(entries: Iterable<IndexEntry>): void {
    for (const entry of entries) {
      this.#entries.set(entry.id, entry);
      this.#own(entry.owner, entry.id);
    }
  }
  /** What is known is of this very document. What is written in a conversation is no step: it moves no revision. */
  knows({ state, talk, inbox }: CaseDocument): boolean {
    const entry = this.#waiting.has(state.id) ? undefined : this.#entries.get(state.id);
    if (entry?.revision !== state.revision || entry.release !== state.release) return false;
    return entry.talk?.key === talk?.messages.at(-1)?.key && entry.inbox.at(-1)?.key === inbox?.at(-1)?.key;
  }
  /** How many there are. */
  get size(): number {
    let more = 0;
    for (const id of this.#waiting.keys()) if (!this.#entries.has(id)) more += 1;
    return this.#entries.size + more;
  }
  /** The cases that a person has started. */
  ownedBy(person: string): readonly IndexEntry[] {
    return [...(this.#owned.get(person) ?? [])].flatMap((id) => this.get(id) ?? []);
  }
  all(): Iterable<IndexEntry> {
    for (const id of [...this.#waiting.keys()]) this.#settle(id);
    return this.#entries.values();
  }

  #own(owner: string, id: string): void {
    const own = this.#owned.get(owner) ?? new Set();
    this.#owned.set(owner, own.add(id));
  }

  /** Describes it, and lets go of its case. */
  #settle(id: string): void {
    const entry = this.#waiting.get(id);
    if (entry === undefined) return;
    this.#waiting.delete(id);
    this.#entries.set(id, { ...entry });
  }
}
