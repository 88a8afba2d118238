import { useRef, useState } from 'react';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';

export interface MovedCase {
  readonly number: string;
  readonly outcome: 'moved' | 'refused';
  readonly blockers: readonly string[];
}

export interface Moving {
  readonly phase: 'idle' | 'moving' | 'stopped' | 'done';
  readonly lines: readonly MovedCase[];
  readonly fault: Fault | null;
  /** @param to hash of a release; the one in force when it is missing */
  move(plan: MigrationPlan, wave: number, to?: string): Promise<void>;
  /** After the wave that is under way. */
  stop(): void;
}

/** Moves open cases in waves until none is left, or somebody stops it. Each case moves by itself: what is done stays done. */
export function useMoving(project: string): Moving {
  const [phase, setPhase] = useState<Moving['phase']>('idle');
  const [lines, setLines] = useState<readonly MovedCase[]>([]);
  const [fault, setFault] = useState<Fault | null>(null);
  const stopping = useRef(false);
  return {
    phase,
    lines,
    fault,
    async move(plan, wave, to) {
      stopping.current = false;
      setPhase('moving');
      setFault(null);
      let all: readonly MovedCase[] = [];
      setLines(all);
      try {
        for (;;) {
          const refused = all.filter(({ outcome }) => outcome === 'refused').map(({ number }) => number);
          const moved = await api.studioMigrate(project, { plan, most: wave, except: refused, ...(to && { to }) });
          all = [...all, ...moved];
          setLines(all);
          if (moved.length === 0) return setPhase('done');
          if (stopping.current) return setPhase('stopped');
        }
      } catch (error) {
        setFault(asFault(error));
        setPhase('stopped');
      }
    },
    stop() {
      stopping.current = true;
    },
  };
}
