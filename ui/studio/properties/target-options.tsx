import type { EditPlace } from '../../../engine/contract/edit.ts';
import { aside } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** States to go on at: those that are near first. Titles that stand for more than one are told apart by their address. */
export function TargetOptions({ targets }: Pick<EditPlace, 'targets'>) {
  const groups = [true, false].map((near) => targets.filter((one) => one.near === near));
  const twice = new Set(
    targets
      .filter(({ kind }) => kind === 'state')
      .map(({ title }) => title)
      .filter((title, at, all) => all.indexOf(title) !== at),
  );
  return groups.map((group, index) =>
    group.length === 0 ? null : (
      <optgroup key={index === 0 ? 'near' : 'others'} label={say(index === 0 ? 'near' : 'others')}>
        {group.map(({ address, kind, title }) => (
          <option key={address} value={address}>
            {kind === 'next' ? say('nextOf', { title }) : title}
            {kind === 'state' && twice.has(title) ? aside(address) : ''}
          </option>
        ))}
      </optgroup>
    ),
  );
}
