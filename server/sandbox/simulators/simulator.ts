import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { zoneMinutes } from '../../../engine/zone.ts';
import type { RequestContext } from '../../connectors/connector.ts';
import type { World } from '../state.ts';

/** A request as a simulator sees it. */
export interface Ask {
  readonly world: World;
  readonly operation: string;
  readonly input: JsonObject;
  readonly context: RequestContext;
  /** The server's time, epoch ms: the sandbox lives in the server's day. */
  readonly now: number;
  /** Base of the addresses that a person opens. */
  readonly publicUrl: string;
  readonly contract: ConnectorDefinition | null;
  /** Tells the server something of this case unasked, as `<connector>.<event>`. */
  tell(connector: string, event: string, data: JsonObject): Promise<JsonObject>;
}

/**
 * One operation of an outside system. What it leaves out is made from the contract: the first outcome is the good one, and
 * the data are the smallest that fit.
 */
export interface OperationSimulator {
  /** The outcome when nobody chose one. */
  decide?(ask: Ask): string | null;
  /** What happens in the outside world with this outcome, and the data that it tells. Called once for a request. */
  effect?(ask: Ask, outcome: string): Promise<JsonObject>;
}

export interface Simulator {
  readonly id: string;
  readonly operations: { readonly [operation: string]: OperationSimulator };
}

export function word(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise;
}

export function whole(value: unknown, otherwise = 0): number {
  return typeof value === 'number' && Number.isInteger(value) ? value : otherwise;
}

/** `20261123` in the house's zone (UTC+8, no daylight saving). */
export function day(now: number): string {
  return new Date(now + zoneMinutes * 60_000).toISOString().slice(0, 10).replaceAll('-', '');
}
