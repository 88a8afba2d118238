import { useMemo } from 'react';
import { Icon } from '../../app/icon.tsx';
import { useQuery } from '../../app/route/index.ts';
import { problemsOf } from '../forms-tab/problems.ts';
import { say as sayForms } from '../forms-tab/texts.ts';
import type { Parts } from '../forms-tab/use-parts.ts';
import { IssuesList } from '../issues-list.tsx';
import type { Page, TabProps } from '../tab.ts';
import { Agreements } from './agreements.tsx';
import { Documents } from './documents.tsx';
import { Notices } from './notices.tsx';
import { Prices } from './prices.tsx';
import { Reasons } from './reasons.tsx';
import { say } from './texts.ts';
import '../forms-tab/forms-tab.css';
import './content-tab.css';
import { PartsLoaded } from '../forms-tab/parts-loaded.tsx';

export interface SectionProps {
  readonly page: Page;
  readonly parts: Parts;
  /** Address -> what is wrong there. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
}

const sections = {
  prices: Prices,
  documents: Documents,
  reasons: Reasons,
  notices: Notices,
  agreements: Agreements,
} as const;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

/** What people read and pay: prices, the files that they send, reasons, notices, agreements, each as a form. */
export function ContentTab({ page }: TabProps) {
  return <PartsLoaded page={page}>{(parts) => <Content page={page} parts={parts} />}</PartsLoaded>;
}

function Content({ page, parts }: TabProps & { readonly parts: Parts }) {
  const { editing } = page;
  const [search, setSearch] = useQuery();
  const name = names.find((one) => one === search.get('section')) ?? 'prices';
  const problems = useMemo(() => problemsOf(editing.issues, editing.text), [editing.issues, editing.text]);
  const Shown = sections[name];
  return (
    <div className="contentgrid">
      <nav className="pane formsnav" aria-label={say('content')}>
        <div className="ph">
          <h2>{say('content')}</h2>
        </div>
        <ul>
          {names.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-current={one === name ? 'true' : undefined}
                onClick={() => setSearch({ tab: 'content', section: one }, { replace: true })}
              >
                <span className="strong">{say(one)}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <section className="pane contentpane" aria-label={say(name)}>
        <div className="ph">
          <h2>{say(name)}</h2>
        </div>
        <p className="muted">{say(`${name}About`)}</p>
        {editing.project.may.edit ? null : (
          <p className="note">
            <Icon name="eye" />
            <span>{sayForms('mayNot')}</span>
          </p>
        )}
        <Shown page={page} parts={parts} problems={problems} />
        {editing.issues.length > 0 ? (
          <IssuesList issues={editing.issues} checking={editing.checking} file={page.file} onGo={page.go} />
        ) : null}
      </section>
    </div>
  );
}

/** What is wrong with something, above it. */
export function Problems({ of }: { readonly of: readonly string[] | undefined }) {
  return (of ?? []).map((problem) => (
    <p key={problem} className="fieldproblem" role="alert">
      <Icon name="alert" />
      <span>{problem}</span>
    </p>
  ));
}
