import type { StepView } from '../../../engine/contract/view.ts';
import { Icon } from '../../app/icon.tsx';
import { useTexts } from '../../app/texts/index.ts';

/**
 * Labels over a line: done = blue and a tick, now = thicker and bold, later = grey. On a phone one line and segments. A done
 * step to which a way leads back can be pressed.
 */
export function StepsBar({
  steps,
  onBack,
}: {
  readonly steps: readonly StepView[];
  readonly onBack?: (step: StepView) => void;
}) {
  const t = useTexts();
  if (steps.length === 0) return null;
  const total = steps.length;
  const now = steps.findIndex((step) => step.state === 'now');
  const n = (now < 0 ? steps.filter((step) => step.state === 'done').length - 1 : now) + 1;
  const next = steps[n];
  return (
    <div className="noprint">
      <ol className="steps" aria-label={t('case.steps', { n, total })}>
        {steps.map((step, index) => (
          <li key={step.id} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            {step.state === 'done' ? <Icon name="check" /> : <span aria-hidden="true">{index + 1}</span>}
            {step.back && onBack ? (
              <button type="button" className="linkbtn" onClick={() => onBack(step)}>
                {step.title}
                <span className="vh">{t('case.doneBack')}</span>
              </button>
            ) : (
              <>
                <b>{step.title}</b>
                {step.state === 'done' && <span className="vh">{t('case.done')}</span>}
              </>
            )}
          </li>
        ))}
      </ol>
      <div className="stepline">
        <p>
          <span className="strong">{t('case.stepOf', { n, total })}</span>
          <span className="muted">{next ? t('case.nextStep', { title: next.title }) : t('case.lastStep')}</span>
        </p>
        <div className="segs" aria-hidden="true">
          {steps.map((step) => (
            <i key={step.id} className={step.state === 'later' ? undefined : 'on'} />
          ))}
        </div>
      </div>
    </div>
  );
}
