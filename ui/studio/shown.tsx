import type { ReactNode } from 'react';
import type { Loaded } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Trouble } from '../workbench/workbench.tsx';

interface ShownProps<T> {
  readonly state: Loaded<T>;
  /** What is awaited, in a sentence; may be empty where it takes no time. */
  readonly waiting: string;
  onRetry(): void;
  children(data: T): ReactNode;
}

/** What was asked for, or that it is still awaited, or why it did not come. */
export function Shown<T>({ state, waiting, onRetry, children }: ShownProps<T>) {
  if (state.kind === 'failed') return <Trouble fault={state.fault} onRetry={onRetry} />;
  if (state.kind === 'ready') return children(state.data);
  return (
    <>
      {waiting === '' ? null : <p role="status">{waiting}</p>}
      <Loading lines={4} />
    </>
  );
}
