import type { ReactNode } from 'react';
import type { Loaded } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Trouble } from './workbench.tsx';

/** What was loaded, or that it is on its way, or why it is not there and how to try again. */
export function Shown<T>(props: {
  readonly of: { readonly state: Loaded<T>; readonly reload: () => void };
  /** How long it will be, roughly. */
  readonly lines: number;
  /** What is awaited, in a sentence, where it takes its time. */
  readonly waiting?: string;
  readonly children: (data: T) => ReactNode;
}) {
  const { state, reload } = props.of;
  switch (state.kind) {
    case 'loading':
      return (
        <>
          {props.waiting === undefined ? null : <p role="status">{props.waiting}</p>}
          <Loading lines={props.lines} />
        </>
      );
    case 'failed':
      return <Trouble fault={state.fault} onRetry={reload} />;
    case 'ready':
      return props.children(state.data);
  }
}
