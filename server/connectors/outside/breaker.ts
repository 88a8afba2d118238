import type { Clock } from '../../clock.ts';
import { NotYet, TechnicalFailure } from '../failure.ts';

/** The other side failed so often that it is left alone until `until` (the server's clock); nothing was sent. */
export class CircuitOpen extends NotYet {
  constructor(where: string, until: number) {
    super(where, until, 'failed too often and is left alone for a while');
    this.name = 'CircuitOpen';
  }
}

export interface BreakerState {
  readonly failures: number;
  /** Null while it is closed. */
  readonly openUntil: number | null;
}

/** One circuit for each outside system: a provider that is down is not asked by every case in turn. */
export interface Breaker {
  /** @throws CircuitOpen without running `work` while the circuit is open */
  run<T>(id: string, where: string, work: () => Promise<T>): Promise<T>;
  states(): { readonly [id: string]: BreakerState };
}

const atMost = 5;
const first = 30_000;
const longest = 5 * 60_000;
/** While one request tries whether the other side is back, the others wait. */
const trial = 10_000;

export function createBreaker(clock: Pick<Clock, 'now'>): Breaker {
  const circuits = new Map<string, { failures: number; openUntil: number | null }>();

  function circuitOf(id: string) {
    let circuit = circuits.get(id);
    if (!circuit) {
      circuit = { failures: 0, openUntil: null };
      circuits.set(id, circuit);
    }
    return circuit;
  }

  return {
    async run(id, where, work) {
      const circuit = circuitOf(id);
      const now = clock.now();
      if (circuit.openUntil !== null && now < circuit.openUntil) throw new CircuitOpen(where, circuit.openUntil);
      if (circuit.openUntil !== null) circuit.openUntil = now + trial;
      try {
        const result = await work();
        circuit.failures = 0;
        circuit.openUntil = null;
        return result;
      } catch (error) {
        // What is our own mistake says nothing about the other side.
        if (!(error instanceof TechnicalFailure) || error instanceof NotYet) {
          circuit.openUntil = null;
          throw error;
        }
        circuit.failures += 1;
        const times = circuit.failures - atMost;
        if (times >= 0) circuit.openUntil = clock.now() + Math.min(first * 2 ** Math.min(times, 10), longest);
        throw error;
      }
    },
    states: () => Object.fromEntries([...circuits].map(([id, { ...state }]) => [id, state])),
  };
}
