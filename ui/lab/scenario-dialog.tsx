import { useId, useMemo, useState } from 'react';
import { readScenario, runScenario, type Session } from '../../engine/index.ts';
import { download } from '../app/download.ts';
import { Icon } from '../app/icon.tsx';
import { Dialog } from '../app/parts/dialog.tsx';
import { navigate } from '../app/route/index.ts';
import { leaveStory } from '../workbench/story.ts';
import { toldFailure } from '../workbench/told-issue.ts';
import { scenarioText } from './record.ts';
import type { Moment } from './session.ts';
import { say } from './texts.ts';

interface ScenarioDialogProps {
  readonly moment: Moment;
  /** When the case began, where that is not the usual time. */
  readonly start: string | undefined;
  /** What the tester calls this way; empty where nothing. */
  readonly name: string;
  readonly isDraft: boolean;
  onClose(): void;
}

export function ScenarioDialog({ moment, start, name, isDraft, onClose }: ScenarioDialogProps) {
  const field = useId();
  const { session, steps } = moment;
  const [title, setTitle] = useState(name || `${session.definition.project.title} ${session.state.active[0] ?? ''}`);
  const [copied, setCopied] = useState(false);
  const text = scenarioText(title, session.definition.project.id, steps, session, start);
  const failure = useMemo(() => played(text, session), [text, session]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog title={say('saveTitle')} onClose={onClose} wide>
      <p className="muted">{say('saveText')}</p>
      <p className="labfield">
        <label htmlFor={field} className="strong">
          {say('saveName')}
        </label>
        <input id={field} className="in" value={title} onChange={(event) => setTitle(event.target.value)} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre className="labyaml" data-scenario tabIndex={0}>
        {text}
      </pre>
      <p className={failure === null ? 'note ok' : 'note warn'}>
        <Icon name={failure === null ? 'check' : 'warn'} />
        <span>{failure === null ? say('savePlayed') : say('saveFailed', { reason: failure })}</span>
      </p>
      <footer>
        <button
          type="button"
          className="btn primary"
          onClick={() => download('story.scenario.yaml', text, 'application/yaml')}
        >
          {say('download')}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => {
            leaveStory({ project: session.definition.project.id, text });
            navigate(`/lab?view=matrix&project=${session.definition.project.id}${isDraft ? '&of=draft' : ''}`);
          }}
        >
          {say('matrixEverywhere')}
        </button>
        <button type="button" className="btn" onClick={() => void copy()}>
          {copied ? say('copied') : say('copy')}
        </button>
      </footer>
    </Dialog>
  );
}

/** Plays the file as `certflow run` would. @returns what went otherwise, or null */
function played(text: string, session: Session): string | null {
  const { scenario, issues } = readScenario('story', text);
  if (scenario === null) return issues[0]?.message ?? '';
  const { failure } = runScenario(session.definition, scenario, { calendar: session.calendar });
  if (!failure) return null;
  const { step, expected, found } = toldFailure(failure);
  return say('saveStep', { n: step + 1, expected, found });
}
