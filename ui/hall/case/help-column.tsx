import { type ReactNode, useSyncExternalStore } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { SectionView, TaskView } from '../../../engine/contract/view.ts';
import { money } from '../../app/format.ts';
import { asObject, asText, useHall } from '../../app/hall-info.tsx';
import { useTexts } from '../../app/texts/index.ts';

/** Help stands beside the job: figures of the task, what the content says about its forms, the hotline. */
export function HelpColumn(props: {
  readonly release: ReleaseView;
  readonly task: TaskView;
  /** Forms that the task asks for, dialogues included. */
  readonly forms: readonly string[];
  readonly children?: ReactNode;
}) {
  const t = useTexts();
  const hall = useHall();
  const values = props.task.sections.filter((section) => section.kind === 'value');
  const helps = props.forms.flatMap((form) => {
    const help = asObject(props.release.content.help?.[form]);
    const text = asText(help.text);
    return text ? [{ title: asText(help.title), text }] : [];
  });
  const { hotline, hours } = hall.support;
  return (
    <aside className="side" aria-label={t('case.help')}>
      {values.length > 0 && (
        <section>
          {values.map((section) => (
            <Value key={section.id} section={section} />
          ))}
        </section>
      )}
      <Folding title={t('case.help')}>
        {helps.map((help) => (
          <section key={help.text}>
            {help.title && <h3>{help.title}</h3>}
            <p>{help.text}</p>
          </section>
        ))}
        {hotline && (
          <section>
            <h3>{t('case.needHelp')}</h3>
            <p>
              {hotline}
              <br />
              {hours}
            </p>
          </section>
        )}
      </Folding>
      {props.children}
    </aside>
  );
}

const WIDE = '(min-width: 62rem)';

/** Beside the form it is open; below it, on a phone, it folds. */
function Folding({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const wide = useSyncExternalStore(
    (listener) => {
      const query = matchMedia(WIDE);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(WIDE).matches,
    () => true,
  );
  if (wide) return children;
  return (
    <details className="more-ops">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function Value({ section }: { readonly section: Extract<SectionView, { kind: 'value' }> }) {
  const { value } = section;
  const text =
    section.format === 'money' && typeof value === 'number' ? money(value) : value === null ? '' : String(value);
  return (
    <>
      <h3>{section.title}</h3>
      <p className="sum num">{text || '—'}</p>
    </>
  );
}
