import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { optionsOf } from './database.ts';
import { SeatTaken } from './errors.ts';
import { inTransaction } from './migrate.ts';

/** The right to write: one node has it, others stand by. */
export interface Seat {
  /** Every write carries it. */
  readonly epoch: number;
  /** Gives the seat up: whoever stands by takes it at once. */
  leave(): Promise<void>;
}

const BEAT = 1_000;
/** A node whose connection is gone may be connecting anew. */
const GONE = '3 seconds';
/** A node that is connected and says nothing is frozen. */
const SILENT = '15 seconds';
/** How long somebody who does not stand by waits for a node that was just killed. */
const SHORTLY = 5_000;

/**
 * Takes the seat, or waits until it is free. `onLost`: another node took it because this one was silent for too long.
 * @param standBy wait as long as it takes; else for the few seconds that a killed node leaves it taken
 * @throws SeatTaken when it is not free and nobody stands by
 */
export async function takeSeat(
  url: string,
  given: {
    readonly standBy: boolean;
    /** Told once when there is somebody to wait for. */
    readonly onWait: (holder: string) => void;
    readonly onLost: () => void;
  },
): Promise<Seat> {
  const name = `${hostname()}:${process.pid}`;
  const line = new SeatLine(url);
  const end = Date.now() + SHORTLY;
  let isTold = false;
  for (;;) {
    const taken = await line
      .use((client) => tryToTake(client, name))
      .catch(async (error: unknown) => {
        if (given.standBy && isTold) return null;
        await line.close();
        throw error;
      });
    if (taken?.epoch !== undefined) return keep(line, taken.epoch, name, given.onLost);
    if (taken !== null && !given.standBy && Date.now() > end) {
      await line.close();
      throw new SeatTaken(taken.holder);
    }
    if (taken !== null && given.standBy && !isTold) {
      isTold = true;
      given.onWait(taken.holder);
    }
    await pause(given.standBy ? BEAT : BEAT / 4);
  }
}

type Tried = { readonly epoch: number; readonly holder?: never } | { readonly holder: string; readonly epoch?: never };

/** Writes that are under way end before, or find the new epoch: the lock that they share is taken alone here. */
function tryToTake(client: pg.Client, name: string): Promise<Tried> {
  return inTransaction(client, async () => {
    await client.query('SELECT pg_advisory_xact_lock(seat_key())');
    const { rows } = await client.query<{ epoch: string }>(
      `UPDATE seat SET epoch = epoch + 1, name = $1, seen = clock_timestamp(), pid = pg_backend_pid(),
         started = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
       WHERE name = '' OR seen < clock_timestamp() - interval '${SILENT}'
         OR (seen < clock_timestamp() - interval '${GONE}'
           AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.pid = seat.pid AND a.backend_start = seat.started))
       RETURNING epoch`,
      [name],
    );
    if (rows[0]) return { epoch: Number(rows[0].epoch) };
    const held = await client.query<{ name: string }>('SELECT name FROM seat');
    return { holder: held.rows[0]?.name ?? '?' };
  });
}

function keep(line: SeatLine, epoch: number, name: string, onLost: () => void): Seat {
  let isOver = false;
  let timer: NodeJS.Timeout | null = null;
  let beating: Promise<void> = Promise.resolve();
  const beat = async (): Promise<void> => {
    // A database that does not answer takes no writes either; the next beat connects anew.
    const rows = await line
      .use((client) =>
        client.query(
          `UPDATE seat SET seen = clock_timestamp(), pid = pg_backend_pid(),
             started = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
           WHERE epoch = $1 RETURNING 1`,
          [epoch],
        ),
      )
      .then(({ rowCount }) => rowCount)
      .catch(() => null);
    if (isOver) return;
    if (rows === 0) {
      isOver = true;
      onLost();
      return;
    }
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
    async leave() {
      isOver = true;
      if (timer) clearTimeout(timer);
      await beating;
      // It is free a few seconds later all the same.
      await line
        .use((client) => client.query(`UPDATE seat SET name = '' WHERE epoch = $1 AND name = $2`, [epoch, name]))
        .catch(() => undefined);
      await line.close();
    },
  };
}

/** One connection, made anew when it broke. */
class SeatLine {
  readonly #url: string;
  #client: pg.Client | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async use<T>(job: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = this.#client ?? (await this.#connect());
    try {
      return await job(client);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...optionsOf(this.#url), application_name: 'certflow seat' });
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    await client.connect();
    this.#client = client;
    return client;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }
}
