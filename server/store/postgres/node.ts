import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { processName } from '../../version.ts';
import { reasonOf, SeatTaken } from './errors.ts';
import { Line } from './line.ts';
import { inTransaction, requireForm } from './migrate.ts';

/** A process that is known to the database, and may write for as long as it is. */
export interface Node {
  /** Every write carries it. */
  readonly epoch: number;
  /** Called with every sign of life, about once a second: the first of those that are there is the one that leads. */
  onBeat(hear: (isFirst: boolean) => void): void;
  /** Why the database has taken no sign of life for some seconds, in a word or two; null while it takes them. */
  silence(): string | null;
  /** Strikes itself off: what it holds is free at once. */
  leave(): Promise<void>;
}

const BEAT = 1_000;
/** From when on a database that takes no sign of life is away, ms: a restart of a moment is nobody's business. */
const AWAY = 5_000;
/** Whoever strikes others off has seen them say nothing: after a restart of the database all of them were silent. */
const LOOKED_ON = '5 seconds';
/** How long somebody who does not stand by waits for a node that was just killed. */
const SHORTLY = 9_000;

/**
 * Makes this process known. `alone`: nobody else may be there, and nobody comes while it is there.
 * @param given.standBy wait as long as it takes; else for the few seconds that a killed node is still known
 * @throws SeatTaken when somebody is in the way and nobody stands by, DatabaseUnusable
 */
export async function joinNodes(
  url: string,
  given: {
    readonly alone: boolean;
    readonly standBy: boolean;
    /** Told once when there is somebody to wait for. */
    readonly onWait: (holder: string) => void;
    /** It was silent for too long and was struck off. */
    readonly onLost: () => void;
    /** The database has taken no sign of life for some seconds: told once, with the reason; and how long it was, when it does. */
    readonly onAway?: (reason: string) => void;
    readonly onBack?: (seconds: number) => void;
    /** A connection of its own was opened: whoever listens on it begins to. */
    readonly onOpen?: (client: pg.Client) => Promise<void>;
  },
): Promise<Node> {
  const name = processName();
  const line = new Line(url, given.onOpen);
  const end = Date.now() + SHORTLY;
  let isTold = false;
  for (;;) {
    const joined = await line
      .use((client) => tryToJoin(client, name, given.alone))
      .catch(async (error: unknown) => {
        if (given.standBy && isTold) return null;
        await line.close();
        throw error;
      });
    if (joined?.epoch !== undefined) return keep(line, joined.epoch, given);
    if (joined !== null && !given.standBy && Date.now() > end) {
      await line.close();
      throw new SeatTaken(joined.holder);
    }
    if (joined !== null && given.standBy && !isTold) {
      isTold = true;
      given.onWait(joined.holder);
    }
    await pause(given.standBy ? BEAT : BEAT / 4);
  }
}

type Tried = { readonly epoch: number; readonly holder?: never } | { readonly holder: string; readonly epoch?: never };

/** Those that say nothing any more; not by somebody who has just come. */
const STRIKE_OFF = `
  SELECT strike_off(n.epoch, n.seen) FROM nodes n WHERE n.epoch <> $1 AND node_is_silent(n)
    AND (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()) < clock_timestamp() - interval '${LOOKED_ON}'`;

const OWN_START = '(SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())';

function tryToJoin(client: pg.Client, name: string, alone: boolean): Promise<Tried> {
  return inTransaction(client, async () => {
    await requireForm(client);
    await client.query(STRIKE_OFF, [0]);
    const held = await client.query<{ name: string }>(
      'SELECT name FROM nodes WHERE $1 OR alone ORDER BY epoch LIMIT 1',
      [alone],
    );
    if (held.rows[0]) return { holder: held.rows[0].name };
    const { rows } = await client.query<{ epoch: string }>(
      `INSERT INTO nodes (name, alone, pid, started, seen)
       VALUES ($1, $2, pg_backend_pid(), ${OWN_START}, clock_timestamp()) RETURNING epoch`,
      [name, alone],
    );
    return { epoch: Number(rows[0]?.epoch) };
  });
}

type Told = Pick<Parameters<typeof joinNodes>[1], 'onLost' | 'onAway' | 'onBack'>;

function keep(line: Line, epoch: number, { onLost, onAway, onBack }: Told): Node {
  let isOver = false;
  let taken = performance.now();
  let reason = 'no answer in time';
  let isAway = false;
  const isSilent = (): boolean => performance.now() - taken > AWAY;
  let timer: NodeJS.Timeout | null = null;
  let beating: Promise<void> = Promise.resolve();
  const listeners: ((isFirst: boolean) => void)[] = [];
  const beat = async (): Promise<void> => {
    // A database that does not answer takes no writes either; the next beat connects anew.
    const first = await line
      .use(async (client) => {
        const { rows } = await client.query<{ first: boolean }>(
          `UPDATE nodes SET seen = clock_timestamp(), pid = pg_backend_pid(), started = ${OWN_START} WHERE epoch = $1
           RETURNING NOT EXISTS (SELECT 1 FROM nodes n WHERE n.epoch < $1) AS first`,
          [epoch],
        );
        if (rows[0]) await client.query(STRIKE_OFF, [epoch]);
        return rows[0]?.first ?? 'struck off';
      })
      .catch((error: unknown) => {
        reason = reasonOf(error);
        return null;
      });
    if (isOver) return;
    if (first === null && isSilent() && !isAway) {
      isAway = true;
      onAway?.(reason);
    }
    if (first !== null) {
      if (isAway) onBack?.(Math.round((performance.now() - taken) / 1000));
      isAway = false;
      taken = performance.now();
    }
    if (first === 'struck off') {
      isOver = true;
      onLost();
      return;
    }
    if (first !== null) for (const hear of listeners) hear(first);
    arm();
  };
  function arm(): void {
    timer = setTimeout(() => {
      beating = beat();
    }, BEAT);
    timer.unref();
  }
  arm();
  return {
    epoch,
    onBeat: (hear) => void listeners.push(hear),
    silence: () => (isSilent() ? reason : null),
    async leave() {
      isOver = true;
      if (timer) clearTimeout(timer);
      await beating;
      // The others notice a few seconds later all the same.
      await line
        .use((client) => client.query('SELECT strike_off(epoch, seen) FROM nodes WHERE epoch = $1', [epoch]))
        .catch(() => undefined);
      await line.close();
    },
  };
}
