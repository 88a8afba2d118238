import { useState } from 'react';
import type { StudioDifference } from '../../engine/contract/impact.ts';
import { download } from '../app/download.ts';
import { Link } from '../app/route/index.ts';
import { locale } from '../app/texts/index.ts';
import { leaveStory } from '../workbench/story.ts';
import { say } from './change-texts.ts';
import { KeepStory } from './keep-story.tsx';

interface DifferenceListProps {
  readonly project: string;
  readonly hasDraft: boolean;
  readonly differences: readonly StudioDifference[];
  /** A way was kept as a scenario. */
  onKept(): void;
}

type Side = StudioDifference['changes'][number];

/** Texts come in hundreds; what a case does comes first and whole. */
const SHOWN = 30;
const LONG = 240;

/** What is done otherwise, each with both sides, and where there is one, with a way that shows it. */
export function DifferenceList({ project, hasDraft, differences, onKept }: DifferenceListProps) {
  const [whole, setWhole] = useState(false);
  if (differences.length === 0) return <p className="muted">{say('alike')}</p>;
  const rest = differences.length - SHOWN;
  return (
    <>
      <ul className="difflist">
        {(whole ? differences : differences.slice(0, SHOWN)).map((each) => (
          <li key={`${each.kind} ${each.address}`}>
            <Piece project={project} hasDraft={hasDraft} difference={each} onKept={onKept} />
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <button type="button" className="btn sm" onClick={() => setWhole(!whole)}>
          {whole ? say('less') : say('more', { n: differences.length })}
        </button>
      ) : null}
    </>
  );
}

function Piece({
  project,
  hasDraft,
  difference,
  onKept,
}: Omit<DifferenceListProps, 'differences'> & { readonly difference: StudioDifference }) {
  const { kind, address, title, before, after, changes, witness, impossible } = difference;
  const sign = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const sides = changes.length > 0 ? changes : [{ part: '', before, after }];
  return (
    <>
      <p>
        <span className={`tag ${sign === 'added' ? 'ok' : sign === 'removed' ? 'err' : 'warn'}`}>{say(sign)}</span>{' '}
        {say(kind)} <strong>{title}</strong> {title === address ? null : <code>{address}</code>}
      </p>
      {changes.length > 0 || kind === 'text' ? (
        <Sides sides={sides} />
      ) : (
        <details>
          <summary>{say('whole')}</summary>
          <Sides sides={sides} />
        </details>
      )}
      {witness ? (
        <p className="diffway">
          <span>
            {say(witness.passesIn === 'before' ? 'passesBefore' : 'passesAfter', {
              step: witness.step,
              found: locale() === 'en' ? witness.english : witness.found,
            })}
          </span>
          <Link
            className="btn sm"
            to={`/lab?project=${encodeURIComponent(project)}${hasDraft ? '&of=draft' : ''}&play=story`}
            onClick={() => leaveStory({ project, text: witness.scenario })}
          >
            {say('play')}
            <span className="vh"> {title}</span>
          </Link>
          <button
            type="button"
            className="btn sm"
            onClick={() => download(`${kind}-${address}.scenario.yaml`, witness.scenario, 'application/yaml')}
          >
            {say('download')}
            <span className="vh"> {title}</span>
          </button>
          {witness.passesIn === 'after' ? (
            <KeepStory project={project} text={witness.scenario} title={title} small onKept={onKept} />
          ) : null}
        </p>
      ) : impossible ? (
        <p className="muted">{say('impossible')}</p>
      ) : null}
    </>
  );
}

function Sides({ sides }: { readonly sides: readonly Side[] }) {
  return (
    <dl className="diffsides">
      {sides.map((side) => (
        <div key={side.part}>
          {side.part === '' ? null : <dt>{side.part}</dt>}
          <dd>
            <span className="muted">{say('before')}</span> <del>{shortened(side.before)}</del>
          </dd>
          <dd>
            <span className="muted">{say('after')}</span> <ins>{shortened(side.after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shortened(text: string | null): string {
  if (text === null) return say('nothing');
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
