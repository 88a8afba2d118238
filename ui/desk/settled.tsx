import type { ReactNode } from 'react';
import { shortDateTime } from '../app/format.ts';
import { now } from '../app/now.ts';
import { useSession } from '../app/session.tsx';
import { say } from './money-texts.ts';

interface SettledProps {
  readonly settled: {
    readonly by: string;
    readonly at: number;
    /** Who wrote it down: somebody else looks. */
    readonly own: string;
    readonly confirmed?: { readonly by: string; readonly at: number };
  };
  /** What was found out. */
  readonly children: ReactNode;
  onConfirm(): void;
}

/** Written down by one person of finance, to be looked at by another. */
export function Settled({ settled: { by, at, own, confirmed }, children, onConfirm }: SettledProps) {
  const { session } = useSession();
  return (
    <>
      <p>
        {say('settledBy', { by, at: shortDateTime(at, now()) })}
        <small>{children}</small>
      </p>
      {confirmed ? (
        <p className="muted">{say('confirmedBy', { by: confirmed.by, at: shortDateTime(confirmed.at, now()) })}</p>
      ) : own === session.person?.id ? (
        <p className="muted">{say('another')}</p>
      ) : (
        <button type="button" className="btn sm" onClick={onConfirm}>
          {say('confirmSettled')}
        </button>
      )}
    </>
  );
}
