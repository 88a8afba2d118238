import { useState } from 'react';
import type { StaffView } from '../../engine/contract/accounts.ts';
import { accounts, type StaffAnswer, type StaffDeed } from '../api/accounts.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { OwnForm, type Problem } from '../hall/own-form.tsx';
import { say } from './texts.ts';

/** Asks once more before something is done to an account. */
export function DeedDialog(props: {
  readonly one: StaffView;
  readonly deed: StaffDeed;
  readonly onDone: (answer: StaffAnswer) => void;
  readonly onClose: () => void;
}) {
  const { one, deed, onDone, onClose } = props;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return (
    <Dialog title={say(deed)} onClose={onClose}>
      <OwnForm
        check={() => []}
        send={async () => onDone(await accounts.actOnStaff(one.id, deed))}
        submit={say('confirm')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <button type="button" className="btn quiet" onClick={onClose}>
            {say('cancel')}
          </button>
        }
      >
        <p className="mb">{say(`${deed}Confirm`, { name: one.name })}</p>
      </OwnForm>
    </Dialog>
  );
}

/** Shown once: the link by which somebody sets their password. */
export function InvitationDialog({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const [copied, setCopied] = useState(false);
  const url = `${window.location.origin}/invite#${token}`;
  const copy = () =>
    void navigator.clipboard?.writeText(url).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <Dialog title={say('invitationTitle')} onClose={onClose} sticky>
      <p className="mb">{say('invitationLead')}</p>
      <p className="mb">
        <code className="invitation">{url}</code>
      </p>
      <div className="actions">
        <button type="button" className="btn primary" onClick={onClose}>
          {say('done')}
        </button>
        <button type="button" className="btn" onClick={copy}>
          {say(copied ? 'copied' : 'copy')}
        </button>
      </div>
    </Dialog>
  );
}
