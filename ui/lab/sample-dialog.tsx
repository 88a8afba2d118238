import { useId, useState } from 'react';
import { api, type LabCase } from '../api/index.ts';
import { asFault } from '../app/load.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { say } from './texts.ts';

interface SampleDialogProps {
  onClose(): void;
  onHad(sample: LabCase): void;
}

/** A real case by its number, for a purpose that is written down. What comes is anonymous already. */
export function SampleDialog({ onClose, onHad }: SampleDialogProps) {
  const id = useId();
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const ask = async (): Promise<void> => {
    if (asking) return;
    setMissing(true);
    setProblem(null);
    if (number.trim() === '' || reason.trim() === '') return;
    setAsking(true);
    try {
      onHad(await api.labCase(number.trim(), reason.trim()));
    } catch (error) {
      const fault = asFault(error);
      setProblem(fault.status === 404 ? say('sampleNone') : fault.message);
      setAsking(false);
    }
  };
  const lacks = (value: string): boolean => missing && value.trim() === '';
  return (
    <Dialog title={say('sampleTitle')} onClose={onClose} sticky={number !== '' || reason !== ''}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <p className="muted">{say('sampleText')}</p>
        <SampleField
          id={`${id}-number`}
          label={say('sampleNumber')}
          value={number}
          most={40}
          wrong={lacks(number) ? say('sampleNumberMissing') : null}
          onChange={setNumber}
        />
        <SampleField
          id={`${id}-reason`}
          label={say('sampleReason')}
          hint={say('sampleReasonHint')}
          value={reason}
          most={200}
          wrong={lacks(reason) ? say('sampleReasonMissing') : null}
          onChange={setReason}
        />
        {problem === null ? null : (
          <p className="note err" role="alert">
            {problem}
          </p>
        )}
        <DialogActions label={say(asking ? 'sampleMaking' : 'sampleGet')} busy={asking} onClose={onClose} />
      </form>
    </Dialog>
  );
}

interface SampleFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly most: number;
  readonly wrong: string | null;
  onChange(value: string): void;
}

function SampleField({ id, label, hint, value, most, wrong, onChange }: SampleFieldProps) {
  const about = [hint === undefined ? [] : `${id}-hint`, wrong === null ? [] : `${id}-wrong`].flat().join(' ');
  return (
    <p className="labfield">
      <label htmlFor={id} className="strong">
        {label}
      </label>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="muted xs">
          {hint}
        </span>
      )}
      {wrong === null ? null : (
        <span id={`${id}-wrong`} className="labwrong" role="alert">
          {wrong}
        </span>
      )}
      <input
        id={id}
        className="in"
        maxLength={most}
        autoComplete="off"
        value={value}
        {...(about === '' ? {} : { 'aria-describedby': about })}
        {...(wrong === null ? {} : { 'aria-invalid': true })}
        onChange={(event) => onChange(event.target.value)}
      />
    </p>
  );
}
