/** Tells listeners of this process that a case has changed. A hint only: whoever needs the truth reads the case. */
export interface CaseBus {
  /** @param topic a case's id, `inboxTopic` or `deskTopic` */
  tell(topic: string, revision: number): void;
  /** @returns a function that stops listening. */
  listen(topic: string, hear: (revision: number) => void): () => void;
}

/** What is told when something of a person's inbox is new or was read. Ids of cases hold no slash. */
export const inboxTopic = (person: string): string => `inbox/${person}`;

/** What is told when there is news for the desk, or when somebody has read some. */
export const noticesTopic = 'notices/';

/** What is told when somebody wrote in a case's conversation, or read what was written. */
export const talkTopic = (id: string): string => `talk/${id}`;

/** What is told when any case has changed: the queues of those who work on them may be others now. */
export const deskTopic = 'desk/';

/** What ends the open lines of this process: it stops, and pages connect to another one. */
export const endTopic = 'end/';

/**
 * @param elsewhere hints the listeners of other nodes. Cases need none: those follow what was committed
 */
export function createBus(elsewhere: (topic: string, revision: number) => void = () => undefined): CaseBus & {
  /** Of this process alone. */
  tellHere(topic: string, revision: number): void;
} {
  const listeners = new Map<string, Set<(revision: number) => void>>();
  const tellHere = (topic: string, revision: number): void => {
    for (const hear of [...(listeners.get(topic) ?? [])]) hear(revision);
  };
  return {
    tellHere,
    tell(topic, revision) {
      tellHere(topic, revision);
      if (topic === noticesTopic || topic.startsWith(inboxTopic(''))) elsewhere(topic, revision);
    },
    listen(topic, hear) {
      const mine = listeners.get(topic) ?? new Set();
      listeners.set(topic, mine.add(hear));
      return () => {
        mine.delete(hear);
        if (mine.size === 0) listeners.delete(topic);
      };
    },
  };
}
