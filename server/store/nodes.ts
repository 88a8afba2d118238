import { KeyedQueue } from './queue.ts';

/** What somebody else has changed: a case, or a document of one of the kinds that are followed. */
export interface Change {
  /** `case`, or the kind of the document. */
  readonly kind: string;
  readonly id: string;
}

/** Gives back what was held. Never fails: what cannot be given back now is given back later. */
export type Release = () => Promise<void>;

export interface Listener {
  /** What others have committed, in their order; the newest of the same thing once. One call at a time; given again when it fails. */
  hear(changes: readonly Change[]): Promise<void>;
  /** A hint of another node (`tell`). */
  told(topic: string, count: number): void;
}

/**
 * The processes that work with the same store. One that has it for itself (a data folder, memory) leads, hears nothing of
 * others and holds names against itself alone.
 */
export interface Nodes {
  /** Whether others may be there. */
  readonly isShared: boolean;
  /**
   * Holds these names against all nodes, for as long as this one lives; waits for whoever holds one.
   * @param patience ms; by default longer than a dead or frozen node holds anything @throws StoreUnavailable
   */
  hold(names: readonly string[], patience?: number): Promise<Release>;
  /** Holds a name if nobody does; null when another node has it. */
  claim(name: string): Promise<Release | null>;
  /** What others had committed when this was called has been heard when it resolves. @throws StoreUnavailable */
  current(): Promise<void>;
  /** From now on; called once. */
  follow(listener: Listener): void;
  /** Hints the pages of other nodes; may get lost. */
  tell(topic: string, count: number): void;
  /** Called once this node is the one that does what is done by one: at once, or when those before it are gone. */
  onLead(begin: () => void): void;
}

/** Runs jobs of one name one after the other, whichever node they run on. */
export type Exclusive = <T>(name: string, job: () => Promise<T>) => Promise<T>;

/**
 * Kinds of documents that are kept in memory or worked on by one node: whoever follows is told when another node has
 * written one. All others are read from the store whenever they are needed.
 */
export const FOLLOWED: readonly string[] = [
  ...['board', 'portalClient', 'deskNotice', 'project', 'keyring', 'clock'],
  ...['batch', 'work', 'refusals'],
];

export function aloneNodes(): Nodes {
  const locks = new Locks();
  return {
    isShared: false,
    hold: (names) => locks.take(names),
    claim: async () => async () => undefined,
    current: async () => undefined,
    follow: () => undefined,
    tell: () => undefined,
    onLead: (begin) => begin(),
  };
}

/** One process has no other to wait for: its own queue is enough, and holds nothing anywhere. */
export function exclusiveIn(nodes: Nodes): Exclusive {
  const queue = new KeyedQueue();
  if (!nodes.isShared) return (name, job) => queue.run(name, job);
  return (name, job) =>
    queue.run(name, async () => {
      const release = await nodes.hold([name]);
      try {
        return await job();
      } finally {
        await release();
      }
    });
}

/** For whoever has a store of its own. */
export const exclusiveHere = (): Exclusive => exclusiveIn(aloneNodes());

/** Names that are held within a process: taken in one order, so that no two wait for each other. */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>();

  async take(names: readonly string[]): Promise<Release> {
    const held: Release[] = [];
    for (const name of [...new Set(names)].sort()) held.push(await this.#one(name));
    return async () => {
      for (const release of held) await release();
    };
  }

  async #one(name: string): Promise<Release> {
    const before = this.#tails.get(name);
    let end: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#tails.set(name, mine);
    await before;
    return async () => {
      if (this.#tails.get(name) === mine) this.#tails.delete(name);
      end();
    };
  }
}
