import { useEffect, useState } from 'react';
import { useTexts } from '../../app/texts/index.ts';
import { elementId, type FormSet, type FormState, useFormSet } from '../../form/index.ts';
import { inOrder, isLocked } from './use-forms.ts';

/** The contents rail: each group with its status, the one in view marked. */
export function Contents({ set }: { readonly set: FormSet }) {
  const t = useTexts();
  useFormSet(set);
  // A form whose fields are all hidden now is not on the page.
  const stores = inOrder(set).filter((store) => store.whole().visible.length > 0);
  const ids = stores.map((store) => store.id);
  const current = useInView(ids);

  const status = (state: FormState, locked: boolean): { readonly look: string; readonly text: string } => {
    if (state.status === 'wrong') return { look: 'bad', text: t('case.group.bad', { n: state.errors }) };
    if (locked) return { look: '', text: t('case.group.locked') };
    if (state.status === 'check') {
      return {
        look: 'check',
        text: state.warnings > 0 ? t('case.group.check', { n: state.warnings }) : t('case.group.read'),
      };
    }
    if (state.status === 'complete') return { look: 'done', text: t('case.group.done') };
    return { look: '', text: state.status === 'started' ? t('case.group.started') : t('case.group.todo') };
  };

  return (
    <nav className="rail noprint" aria-label={t('case.contents')}>
      <ul>
        {stores.map((store) => {
          const locked = isLocked(store);
          const { look, text } = status(store.whole(), locked);
          return (
            <li key={store.id} className={`${look}${store.id === current ? ' now' : ''}`}>
              <a
                href={`#${elementId(store.id)}`}
                aria-current={store.id === current ? 'location' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(elementId(store.id));
                }}
              >
                {store.form.title}
                <small>{text}</small>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Scrolls to an element and puts the focus into it, without leaving a trace in the history. */
export function goTo(id: string): void {
  const element = document.getElementById(id);
  if (!element) return;
  element.scrollIntoView({ block: 'start' });
  const target = element.matches('input, select, textarea, button, a')
    ? element
    : (element.querySelector<HTMLElement>('input, select, textarea, button') ?? element);
  target.focus({ preventScroll: true });
}

/** The uppermost group that is in the upper half of the window. */
function useInView(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(ids[0] ?? null);
  const key = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the ids
  useEffect(() => {
    if (typeof IntersectionObserver === 'undefined') return;
    const seen = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) seen.add(entry.target.id);
          else seen.delete(entry.target.id);
        }
        const first = ids.find((id) => seen.has(elementId(id)));
        if (first) setCurrent(first);
      },
      { rootMargin: '-10% 0px -60% 0px' },
    );
    for (const id of ids) {
      const element = document.getElementById(elementId(id));
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [key]);
  return current;
}
