import { useId, useState } from 'react';
import { type Issue, projectsOf, readScenario, type Session } from '../../engine/index.ts';
import { Icon } from '../app/icon.tsx';
import { Dialog } from '../app/parts/dialog.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { toldIssue } from '../workbench/told-issue.ts';
import { replayed } from './replay.ts';
import type { LabEvent } from './session.ts';
import { say } from './texts.ts';

interface OpenDialogProps {
  readonly session: Session;
  onClose(): void;
  onPlayed(event: Extract<LabEvent, { type: 'replay' }>): void;
}

/** A scenario file, chosen or pasted, is played here: one goes on from its end, or back through its steps. */
export function OpenDialog({ session, onClose, onPlayed }: OpenDialogProps) {
  const file = useId();
  const area = useId();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const [other, setOther] = useState<string | null>(null);
  const write = (written: string) => {
    setText(written);
    setIssues([]);
    setOther(null);
  };
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setName(chosen.name);
    write(await chosen.text());
  };
  const open = () => {
    const read = readScenario(name || 'story', text);
    setIssues(read.issues);
    if (read.scenario === null) return;
    const projects = projectsOf(read.scenario);
    if (!projects.includes(session.definition.project.id)) {
      setOther(projects.join(mark('list')));
      return;
    }
    onPlayed({ type: 'replay', ...replayed(session.definition, session.calendar, read.scenario) });
  };
  return (
    <Dialog title={say('openTitle')} onClose={onClose} wide sticky={text !== ''}>
      <p className="muted">{say('openText')}</p>
      <p className="labfile">
        <label className="btn" htmlFor={file}>
          {say('openFile')}
        </label>
        <input
          id={file}
          className="vh"
          type="file"
          accept=".yaml,.yml"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <span className="muted">{name}</span>
      </p>
      <p className="labfield">
        <label htmlFor={area} className="strong">
          {say('openPaste')}
        </label>
        <textarea
          id={area}
          className="labjson labstory"
          spellCheck={false}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      </p>
      {issues.length > 0 ? (
        <div className="note err" role="alert">
          <Icon name="alert" />
          <ul className="labissues">
            {issues.map(toldIssue).map((issue) => (
              <li key={`${issue.line}:${issue.column}:${issue.code}`}>
                {say('openIssue', { line: issue.line, column: issue.column, message: issue.message })}
                {issue.proposal === undefined ? null : (
                  <span className="block">{say('openMend', { text: issue.proposal })}</span>
                )}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {other === null ? null : (
        <p className="note warn" role="alert">
          <Icon name="warn" />
          <span>{say('openOther', { projects: other })}</span>
        </p>
      )}
      <footer>
        <button type="button" className="btn primary" aria-disabled={text.trim() === ''} onClick={open}>
          {say('openPlay')}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {say('cancel')}
        </button>
      </footer>
    </Dialog>
  );
}
