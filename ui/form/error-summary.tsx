import './styles.ts';
import { type MouseEvent, type Ref, useEffect, useRef } from 'react';
import type { Complaint } from './form-set.ts';
import { Icon } from './icons.tsx';
import { useSay } from './texts.ts';

/**
 * What is still wrong, with links to the fields, in the fields' own words. Takes the focus when `focus` changes to a
 * new number (the person pressed the button again).
 */
export function ErrorSummary(props: {
  readonly complaints: readonly Complaint[];
  readonly kind?: 'errors' | 'warnings';
  readonly focus?: number;
}) {
  const { complaints, kind = 'errors', focus = 0 } = props;
  const say = useSay();
  const box: Ref<HTMLElement> = useRef<HTMLElement>(null);
  const any = complaints.length > 0;
  useEffect(() => {
    if (focus > 0 && any) box.current?.focus();
  }, [focus, any]);
  if (!any) return null;
  return (
    <section
      className={kind === 'errors' ? 'fv-summary' : 'fv-summary is-warning'}
      ref={box}
      tabIndex={-1}
      aria-labelledby={`fv-summary-${kind}`}
    >
      <h2 id={`fv-summary-${kind}`}>
        <Icon name={kind === 'errors' ? 'alert' : 'warn'} />
        {say(kind === 'errors' ? 'summaryTitle' : 'warningTitle', { n: complaints.length })}
      </h2>
      <ul>
        {complaints.map((complaint) => (
          <li key={complaint.target}>
            <a href={`#${complaint.target}`} onClick={(event) => go(event, complaint.target)}>
              {complaint.text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Puts the focus into the field itself; the address of the page does not change. */
function go(event: MouseEvent, target: string): void {
  const element = document.getElementById(target);
  if (!element) return;
  event.preventDefault();
  element.focus({ preventScroll: true });
  const field = element.closest('.fv-field') ?? element;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  field.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}
