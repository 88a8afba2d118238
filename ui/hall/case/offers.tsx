import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { OfferView } from '../../../engine/contract/view.ts';
import { Icon } from '../../app/icon.tsx';
import { Dialog } from '../../app/parts/dialog.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import type { Sending } from './use-case.ts';

/** Refusals that the person mends on this page do not switch a button off: pressing it shows what is missing. */
const MENDABLE = new Set(['form-invalid', 'form-incomplete', 'edit-locked']);

/** It belongs to another device or another person: here it is not shown at all. */
const ELSEWHERE = new Set(['by-link', 'link-only', 'role-missing', 'only-person', 'not-person']);

/** What this person on this device may be offered, now or under a condition. */
export function ownOffers(offers: readonly OfferView[]): readonly OfferView[] {
  return offers.filter((offer) => !offer.blockers.some((blocker) => ELSEWHERE.has(blocker.code)));
}

/** Why an offer cannot be pressed now, or null. */
export function reasonOf(offer: OfferView): string | null {
  const blockers = offer.blockers.filter((blocker) => !MENDABLE.has(blocker.code));
  return blockers.length === 0 ? null : blockers.map((blocker) => blocker.message).join(mark('semicolon'));
}

/** The main row, what leads on first. `danger` and `quiet` stand apart, so that nobody presses them by mistake. */
export function mainOffers(offers: readonly OfferView[]): readonly OfferView[] {
  const rank = (offer: OfferView): number => (offer.look === 'primary' ? 0 : 1);
  return ownOffers(offers)
    .filter((offer) => offer.look === 'primary' || offer.look === 'plain')
    .sort((a, b) => rank(a) - rank(b));
}

export function sideOffers(offers: readonly OfferView[]): readonly OfferView[] {
  return ownOffers(offers).filter((offer) => offer.look === 'danger' || offer.look === 'quiet');
}

/** One operation as a button; with a reason it stays reachable and says why it does nothing. */
export function OfferButton(props: {
  readonly offer: OfferView;
  readonly sending: Sending;
  readonly onPress: (offer: OfferView) => void;
  /** Only one primary button a screen. */
  readonly primary?: boolean;
  /** Something on the page still has to be done first. */
  readonly missing?: string | null;
}) {
  const { offer } = props;
  const why = useId();
  const reason = reasonOf(offer) ?? props.missing ?? null;
  const busy = props.sending.kind !== 'idle';
  const mine = busy && props.sending.event === offer.event;
  const look =
    offer.look === 'danger' ? ' danger' : offer.look === 'quiet' ? ' quiet' : props.primary ? ' primary' : '';
  return (
    <>
      <button
        type="button"
        className={`btn${look}`}
        data-event={offer.event}
        aria-disabled={reason !== null || busy ? true : undefined}
        aria-busy={mine || undefined}
        aria-describedby={reason ? why : undefined}
        onClick={() => {
          if (reason === null && !busy) props.onPress(offer);
        }}
      >
        {offer.title}
      </button>
      {reason && (
        <span id={why} className="say">
          {reason}
        </span>
      )}
    </>
  );
}

/** The row of the main buttons with what goes on beside them: saving, sending, an unknown result. */
export function OfferBar(props: {
  readonly offers: readonly OfferView[];
  readonly sending: Sending;
  readonly onPress: (offer: OfferView) => void;
  readonly missing?: string | null;
  readonly status?: ReactNode;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const first = props.offers.find((offer) => offer.look === 'primary' && reasonOf(offer) === null);

  // What is fixed at the foot of a phone must not cover the focus: its height is reserved for scrolling.
  useEffect(() => {
    const element = bar.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const root = document.documentElement;
    const measure = (): void => {
      const fixed = getComputedStyle(element).position === 'fixed';
      root.style.setProperty('--foot-h', fixed ? `${element.offsetHeight}px` : '0px');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      root.style.removeProperty('--foot-h');
    };
  }, []);

  if (props.offers.length === 0 && !props.status) return null;
  return (
    <div className="offers noprint">
      <div className="bar" ref={bar}>
        {props.offers.map((offer) => (
          <OfferButton
            key={offer.event}
            offer={offer}
            sending={props.sending}
            onPress={props.onPress}
            primary={offer === first || (!first && offer.look === 'primary')}
            {...(offer.look === 'primary' && { missing: props.missing ?? null })}
          />
        ))}
        {props.status}
      </div>
      <SendingNote sending={props.sending} />
    </div>
  );
}

/** What takes long is said: after three seconds, and when the result is unknown. */
export function SendingNote({ sending }: { readonly sending: Sending }) {
  const t = useTexts();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (sending.kind !== 'sending') return;
    const timer = setTimeout(() => setSlow(true), 3000);
    return () => clearTimeout(timer);
  }, [sending]);
  if (sending.kind === 'confirming') {
    return (
      <p className="note warn" role="status">
        <Icon name="wait" />
        <span>{t('case.unknown')}</span>
      </p>
    );
  }
  return slow ? (
    <p className="why" role="status">
      {t('case.slow')}
    </p>
  ) : null;
}

/** Operations apart from the main way: full width, each with its reason below. */
export function SideOffers(props: {
  readonly offers: readonly OfferView[];
  readonly sending: Sending;
  readonly onPress: (offer: OfferView) => void;
  /** In a form they fold away. */
  readonly folded?: boolean;
}) {
  const t = useTexts();
  if (props.offers.length === 0) return null;
  const list = (
    <ul className="ops-list">
      {props.offers.map((offer) => (
        <SideOffer key={offer.event} {...props} offer={offer} />
      ))}
    </ul>
  );
  if (!props.folded) {
    return (
      <section aria-label={t('case.operations')} className="noprint">
        {list}
      </section>
    );
  }
  return (
    <details className="more-ops noprint">
      <summary>{t('case.operations')}</summary>
      {list}
    </details>
  );
}

function SideOffer(props: {
  readonly offer: OfferView;
  readonly sending: Sending;
  readonly onPress: (offer: OfferView) => void;
}) {
  const t = useTexts();
  const { offer } = props;
  const why = useId();
  const reason = reasonOf(offer);
  const busy = props.sending.kind !== 'idle';
  return (
    <li>
      <button
        type="button"
        className={offer.look === 'danger' ? 'btn danger' : 'btn'}
        data-event={offer.event}
        aria-disabled={reason !== null || busy ? true : undefined}
        aria-describedby={reason ? why : undefined}
        onClick={() => {
          if (reason === null && !busy) props.onPress(offer);
        }}
      >
        {offer.title}
      </button>
      {reason && <p id={why}>{t('case.unavailable', { reason })}</p>}
    </li>
  );
}

/** The consequence before the act: 撤销后不能恢复。撤销申请 / 继续办理. */
export function ConfirmDialog(props: {
  readonly offer: OfferView;
  /** The case has ended: there is nothing to go on with. */
  readonly over: boolean;
  readonly sending: Sending;
  readonly problem: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const t = useTexts();
  const { offer } = props;
  const busy = props.sending.kind !== 'idle';
  return (
    <Dialog title={offer.title} onClose={props.onClose}>
      <p className="read">{offer.confirm}</p>
      {props.problem && (
        <p className="note err" role="alert">
          <Icon name="alert" />
          <span>{props.problem}</span>
        </p>
      )}
      <SendingNote sending={props.sending} />
      <footer>
        <button
          type="button"
          className={offer.look === 'danger' ? 'btn danger solid' : 'btn primary'}
          aria-disabled={busy || undefined}
          aria-busy={busy || undefined}
          onClick={() => {
            if (!busy) props.onConfirm();
          }}
        >
          {offer.title}
        </button>
        <button type="button" className="btn" onClick={props.onClose}>
          {t(props.over ? 'app.cancel' : 'case.continue')}
        </button>
      </footer>
    </Dialog>
  );
}
