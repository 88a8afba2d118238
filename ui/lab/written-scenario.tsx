import { download } from '../app/download.ts';
import { Icon } from '../app/icon.tsx';
import { navigate } from '../app/route/index.ts';
import { leaveStory } from '../workbench/story.ts';
import type { Written } from './shown.ts';
import { say } from './texts.ts';

interface WrittenScenarioProps {
  readonly written: Written;
  readonly project: string;
  readonly isDraft: boolean;
}

/** The scenario that was found, to be looked at, played and kept; or why there is none. */
export function WrittenScenario({ written, project, isDraft }: WrittenScenarioProps) {
  if (written.kind === 'none')
    return (
      <p className="note warn" role="alert">
        <Icon name="warn" />
        <span>{say('coverNone', { n: written.tried })}</span>
      </p>
    );
  const { text } = written;
  return (
    <div className="labwritten">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <pre className="labyaml" data-scenario tabIndex={0}>
        {text}
      </pre>
      <div className="row wrap">
        <button
          type="button"
          className="btn primary"
          onClick={() => {
            leaveStory({ project, text });
            navigate(`/lab?project=${project}${isDraft ? '&of=draft' : ''}&play=story`);
          }}
        >
          {say('coverPlay')}
        </button>
        <button
          type="button"
          className="btn"
          onClick={() => download('missing.scenario.yaml', text, 'application/yaml')}
        >
          {say('download')}
        </button>
      </div>
    </div>
  );
}
