import { createHmac } from 'node:crypto';
import type { CaseState } from '../../engine/model/case.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Engine } from '../cases/deps.ts';
import type { Clock } from '../clock.ts';
import { TechnicalFailure } from '../connectors/failure.ts';
import type { Outside } from '../connectors/outside/hosts.ts';
import type { WebhookEffect } from '../store/store.ts';
import type { PortalClient, PortalRegistry, PortalSecret } from './registry.ts';
import { changeOf, statusOf } from './status.ts';

const TIMEOUT = 10_000;

export interface Webhooks {
  /** What portals are to be told of a step. To be committed with it. */
  toTell(definition: Definition, before: CaseState, after: CaseState, env: Environment): readonly WebhookEffect[];
  /**
   * Sends one message, signed as Standard Webhooks says.
   * @returns `gone` when nobody wants it any more @throws when it was not taken
   */
  deliver(effect: WebhookEffect): Promise<'taken' | 'gone'>;
}

export function createWebhooks(deps: {
  readonly registry: PortalRegistry;
  readonly engine: Pick<Engine, 'row'>;
  readonly outside: Outside;
  readonly clock: Clock;
}): Webhooks {
  const { registry, engine, outside, clock } = deps;
  return {
    toTell(definition, before, after, env) {
      const told = registry.toldOf(after.project);
      // Most halls have none: what a list says of a case costs as much as a step.
      if (told.length === 0) return [];
      const change = changeOf(statusOf(engine, definition, before, env), statusOf(engine, definition, after, env));
      if (change === null) return [];
      return told.map(({ id }) => ({
        kind: 'webhook',
        key: `${after.id}:${after.revision}:portal:${id}`,
        portal: id,
        body: JSON.stringify(change),
      }));
    },
    async deliver({ key, portal, body }) {
      const client = registry.find(portal);
      if (client === null || client.disabled || client.url === null) return 'gone';
      const id = messageId(key);
      const at = Math.floor(clock.real() / 1000);
      const { status } = await outside.ask(client.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(at),
          'webhook-signature': signatures(client, id, at, body, clock.now()),
        },
        body,
        timeout: TIMEOUT,
      });
      if (status === 410) {
        // The receiver says that the address is no more: nothing else is sent there.
        await registry.change(portal, (now) => ({ ...now, url: null }));
        return 'gone';
      }
      if (status < 200 || status > 299) throw new TechnicalFailure(`portal ${portal}`, `answered ${status}`);
      return 'taken';
    },
  };
}

/** The same for every repeat: by it the receiver knows a message that it has. Nothing inside of the hall is named. */
export function messageId(key: string): string {
  return `msg_${createHmac('sha256', 'certflow webhook').update(key).digest('base64url').slice(0, 27)}`;
}

/** https://github.com/standard-webhooks/standard-webhooks: `v1,<base64>` for each secret that signs now. */
export function signatures(client: PortalClient, id: string, at: number, body: string, now: number): string {
  return client.secrets
    .filter(({ until }) => until === null || until > now)
    .map((secret) => `v1,${signature(secret, `${id}.${at}.${body}`)}`)
    .join(' ');
}

function signature({ value }: PortalSecret, text: string): string {
  return createHmac('sha256', Buffer.from(value.replace(/^whsec_/, ''), 'base64'))
    .update(text)
    .digest('base64');
}
