import { useState } from 'react';
import { api } from '../api/index.ts';
import { download } from '../app/download.ts';
import { asFault } from '../app/load.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { say } from './evidence-texts.ts';

interface EvidenceDialogProps {
  readonly caseId: string;
  readonly number: string;
  onClose(): void;
}

/** The evidence pack is made for a purpose, which is written down. */
export function EvidenceDialog({ caseId, number, onClose }: EvidenceDialogProps) {
  const [reason, setReason] = useState('');
  const [making, setMaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    if (making) return;
    if (reason.trim() === '') {
      setProblem(say('missing'));
      return;
    }
    setMaking(true);
    setProblem(null);
    try {
      download(`evidence-${number}.pdf`, await api.evidencePack(caseId, reason.trim()));
      onClose();
    } catch (error) {
      setProblem(asFault(error).message);
      setMaking(false);
    }
  };
  return (
    <Dialog title={say('title')} onClose={onClose} sticky={reason !== ''}>
      <form
        className="deskpack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p>{say('what')}</p>
        <label htmlFor="pack-reason">{say('reason')}</label>
        <p className="muted xs" id="pack-hint">
          {say('hint')}
        </p>
        <input
          id="pack-reason"
          maxLength={200}
          value={reason}
          aria-describedby="pack-hint"
          aria-invalid={problem !== null && reason.trim() === '' ? true : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        {problem === null ? null : (
          <p className="note err" role="alert">
            {problem}
          </p>
        )}
        <DialogActions label={making ? say('making') : say('make')} busy={making} onClose={onClose} />
      </form>
    </Dialog>
  );
}
