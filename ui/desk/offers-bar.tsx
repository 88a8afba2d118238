import { useId } from 'react';
import type { OfferView } from '../../engine/contract/view.ts';
import { Icon } from '../app/icon.tsx';
import { reasonOf as refusalOf } from '../hall/case/offers.tsx';
import type { Flag, FlagOffer } from './flags.ts';
import { reasonOf } from './flags.ts';
import { say } from './texts.ts';

/** An offer as a button of the foot, with what keeps it from being pressed now. */
export interface Choice {
  readonly offer: OfferView;
  readonly title: string;
  readonly why: string | null;
  readonly key: string | null;
}

/**
 * Buttons of a task. While something is flagged the decision is the flags' own offer: the primary one waits and says so.
 * Keys: A the primary offer, R the one with flags.
 */
export function choicesOf(
  offers: readonly OfferView[],
  flagOffer: FlagOffer | null,
  flags: readonly Flag[],
): readonly Choice[] {
  const primary = offers.find((offer) => offer.look === 'primary' && offer !== flagOffer?.offer);
  return offers.map((offer) => {
    const blocker = refusalOf(offer);
    if (offer === flagOffer?.offer) {
      const missing = flags.filter((flag) => reasonOf(flag) === '').length;
      const own = flags.length === 0 ? say('needFlag') : missing > 0 ? say('needReason', { n: missing }) : null;
      const title = flags.length > 0 ? say('withFlags', { title: offer.title, n: flags.length }) : offer.title;
      return { offer, title, why: blocker ?? own, key: 'R' };
    }
    const waits = offer === primary && flags.length > 0 ? say('blockedByFlags', { title: offer.title }) : null;
    return { offer, title: offer.title, why: blocker ?? waits, key: offer === primary ? 'A' : null };
  });
}

interface OffersBarProps {
  readonly choices: readonly Choice[];
  readonly sending: string | null;
  readonly shortcuts: boolean;
  readonly saved: string | null;
  onChoose(choice: Choice): void;
  onShortcuts(): void;
  onNext(): void;
}

export function OffersBar({ choices, sending, shortcuts, saved, onChoose, onShortcuts, onNext }: OffersBarProps) {
  const order = { primary: 0, danger: 1, plain: 2, quiet: 3 } as const;
  const sorted = [...choices].sort((a, b) => order[a.offer.look] - order[b.offer.look]);
  return (
    <footer className="deskend">
      {sorted.map((choice) => (
        <OfferButton
          key={choice.offer.event}
          choice={choice}
          busy={sending === choice.offer.event}
          shortcuts={shortcuts}
          onChoose={onChoose}
        />
      ))}
      <span className="grow" />
      {saved ? <span className="muted">{saved}</span> : null}
      <button type="button" className="btn quiet" aria-pressed={shortcuts} onClick={onShortcuts}>
        {say(shortcuts ? 'shortcutsOn' : 'shortcutsOff')}
      </button>
      <button type="button" className="btn" onClick={onNext}>
        {say('goNext')} {shortcuts ? <kbd>N</kbd> : null}
      </button>
    </footer>
  );
}

interface OfferButtonProps {
  readonly choice: Choice;
  readonly busy: boolean;
  readonly shortcuts: boolean;
  onChoose(choice: Choice): void;
}

function OfferButton({ choice, busy, shortcuts, onChoose }: OfferButtonProps) {
  const reason = useId();
  const look = choice.offer.look === 'plain' ? '' : ` ${choice.offer.look}`;
  return (
    <span className="deskoffer">
      <button
        type="button"
        className={`btn${look}`}
        data-event={choice.offer.event}
        aria-disabled={choice.why !== null}
        aria-busy={busy}
        aria-describedby={choice.why === null ? undefined : reason}
        onClick={() => onChoose(choice)}
      >
        {choice.title} {shortcuts && choice.key ? <kbd>{choice.key}</kbd> : null}
      </button>
      {choice.why === null ? null : (
        <span id={reason} className="deskwhy">
          <Icon name="lock" /> {choice.why}
        </span>
      )}
    </span>
  );
}
