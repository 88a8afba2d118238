import { Fragment } from 'react';
import { numberGroups } from '../format.ts';

/** A case number grouped 3-6-6-2 for the eye only: copied and read out it has no spaces. */
export function CaseNumber({ number }: { readonly number: string }) {
  const [first, ...others] = numberGroups(number);
  return (
    <span className="num no">
      {first}
      {others.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have places, no names
        <Fragment key={index}>
          <i>{group}</i>
        </Fragment>
      ))}
    </span>
  );
}
