import pg from 'pg';
import { optionsOf } from './database.ts';

/** One connection of a node for itself, made anew when it broke. */
export class Line {
  readonly #url: string;
  readonly #onOpen: (client: pg.Client) => Promise<void>;
  #client: pg.Client | null = null;

  /** @param onOpen what every new connection begins with */
  constructor(url: string, onOpen: (client: pg.Client) => Promise<void> = async () => undefined) {
    this.#url = url;
    this.#onOpen = onOpen;
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
    const client = new pg.Client({ ...optionsOf(this.#url), application_name: 'certflow node' });
    client.on('error', () => {
      if (this.#client === client) this.#client = null;
    });
    await client.connect();
    await this.#onOpen(client).catch(async (error: unknown) => {
      await client.end().catch(() => undefined);
      throw error;
    });
    this.#client = client;
    return client;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }
}
