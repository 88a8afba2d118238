import type { MessageView } from '../../../engine/contract/routes.ts';
import { api } from '../../api/index.ts';
import { isoTime, shortDateTime } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { Link } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from './texts.ts';

interface MessageRowProps {
  readonly message: MessageView;
  /** Where its case is looked at; the hall's page of an own case without it. */
  readonly to?: (id: string, key: string) => string;
  /** How it is marked when it is followed. */
  readonly mark?: typeof api.markMessages;
  readonly onMark: (read: boolean) => void;
}

/** One message; its text leads to the case, and who follows it has read it. */
export function MessageRow(props: MessageRowProps) {
  const { key, at, text, read, case: about } = props.message;
  const { to = ownCase, mark: markAs = api.markMessages } = props;
  const open = (): void => {
    if (!read) markAs([key], true, { keepalive: true }).catch(() => undefined);
  };
  return (
    <li className={read ? 'message' : 'message unread'}>
      <span className="mark" aria-hidden="true" />
      <div className="what">
        <p>
          <Link to={to(about.id, key)} onClick={open}>
            {!read && <span className="vh">{say('isUnread')}</span>}
            {text}
          </Link>
        </p>
        <p className="about">
          <span>{about.subject || say('unnamed')}</span>
          <span>
            {about.workflow}
            {mark('comma')}
            {about.project}
          </span>
          <CaseNumber number={about.number} />
        </p>
      </div>
      <time dateTime={isoTime(at)}>{shortDateTime(at, now())}</time>
      <button
        type="button"
        className="linkbtn"
        aria-label={say(read ? 'keepOne' : 'readOne', { text })}
        onClick={() => props.onMark(!read)}
      >
        {say(read ? 'keep' : 'read')}
      </button>
    </li>
  );
}

/** What the desk wrote stands in the conversation of the case. */
function ownCase(id: string, key: string): string {
  return key.startsWith('talk:') ? `/cases/${id}#talk` : `/cases/${id}`;
}
