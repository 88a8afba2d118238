import { useMemo } from 'react';
import { Icon } from '../../app/icon.tsx';
import { mark } from '../../app/texts/punctuation.ts';
import { toldIssue } from '../../workbench/told-issue.ts';
import { changesIn } from '../change-in-text.ts';
import type { Page } from '../tab.ts';
import { takenBack } from './edits.ts';
import { say } from './texts.ts';
import { stateOf, toldChange } from './told-change.ts';

/** What the project has changed in the process, each to be taken back. */
export function ChangesList({ page }: { readonly page: Page }) {
  const { editing } = page;
  const changes = useMemo(() => changesIn(editing.text) ?? [], [editing.text]);
  return (
    <section className="props" aria-labelledby="props-changes">
      <h3 id="props-changes">
        {say('changes')} <span className="muted">{changes.length > 0 ? changes.length : ''}</span>
      </h3>
      {changes.length === 0 ? <p className="muted">{say('noChanges')}</p> : null}
      <ul>
        {changes.map(({ name, change }) => {
          const told = toldChange(change, editing.diagram);
          const wrong = editing.issues.find(({ path, severity }) => path === `changes.${name}` && severity === 'error');
          const state = stateOf(change, editing.diagram);
          return (
            <li key={name} className="prop ch" data-change={name}>
              <p>
                <span className="changedmark">~ </span>
                {state === null ? (
                  told
                ) : (
                  <button type="button" className="linkbtn" onClick={() => page.select(state)}>
                    {told}
                  </button>
                )}
              </p>
              {wrong ? (
                <p className="err">
                  <Icon name="alert" /> {toldIssue(wrong).message}
                </p>
              ) : null}
              <p className="propline">
                <code>{name}</code>
                {editing.project.may.edit ? (
                  <button
                    type="button"
                    className="linkbtn"
                    aria-label={say('takeBack') + mark('colon') + told}
                    onClick={() => editing.setText(takenBack(editing.text, name))}
                  >
                    {say('takeBack')}
                  </button>
                ) : null}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
