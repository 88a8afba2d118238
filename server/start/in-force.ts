import type { ConnectorDefinition, Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { objectIn } from '../json.ts';
import type { Log } from '../log.ts';
import type { Releases } from '../releases/releases.ts';

/** The releases by which new cases begin, as they are now. */
export interface InForce {
  /** One of each project that has one. */
  now(): readonly Definition[];
  /** Connectors of all of them. */
  contracts(): readonly ConnectorDefinition[];
  /** What the house says on its pages. */
  hallContent(): JsonObject;
  brandName(): string;
  /** After a release came into force. */
  renew(): Promise<void>;
}

export async function openInForce(releases: Pick<Releases, 'projects' | 'definition'>, log: Log): Promise<InForce> {
  let current = await read();
  async function read(): Promise<readonly Definition[]> {
    const found: Definition[] = [];
    for (const { id, current: hash } of await releases.projects()) {
      if (hash === null) continue;
      try {
        found.push(await releases.definition(hash));
      } catch (error) {
        // One release that does not load any more must not keep the other projects from being served.
        log.error({ project: id, release: hash, error: (error as Error).message }, 'a release does not load');
      }
    }
    return found;
  }
  const hallContent = (): JsonObject => current[0]?.content.hall ?? {};
  return {
    now: () => current,
    contracts: () => current.flatMap((definition) => Object.values(definition.connectors)),
    hallContent,
    brandName: () => String(objectIn(hallContent().brand).name ?? 'Certflow'),
    async renew() {
      current = await read();
    },
  };
}
