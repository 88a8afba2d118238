import { useSelector } from '@xstate/react';
import { useId } from 'react';
import { Icon } from '../app/icon.tsx';
import { Dialog } from '../app/parts/dialog.tsx';
import { useLocale } from '../app/texts/index.ts';
import { branchRows, nameOf, partingOf } from './branch-rows.ts';
import { branchSay } from './branch-texts.ts';
import { type Branch, branchesOf } from './branches.ts';
import type { LabRef } from './play-page.tsx';
import { say } from './texts.ts';

interface BranchesDialogProps {
  readonly lab: LabRef;
  onClose(): void;
  /** The branch's own scenario. */
  onRecord(branch: Branch): void;
}

/** The ways of one play side by side: where they part, and how each one stands. */
export function BranchesDialog({ lab, onClose, onRecord }: BranchesDialogProps) {
  const language = useLocale();
  const id = useId();
  const context = useSelector(lab, (state) => state.context);
  const branches = branchesOf(context);
  const current = branches.find((one) => one.id === context.branch.id);
  if (current === undefined) return null;
  const rows = branchRows(branches, language);
  return (
    <Dialog title={branchSay('branches')} onClose={onClose} wide>
      <p className="muted">{branchSay(branches.length === 1 ? 'branchesOne' : 'branchesText')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls sideways, by the keyboard too */}
      <section className="labbranches" tabIndex={0} aria-label={branchSay('branches')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{branchSay('branch')}</th>
              {branches.map((one) => (
                <th scope="col" key={one.id} className={one === current ? 'cur' : undefined} data-branch={one.id}>
                  <label className="vh" htmlFor={`${id}-${one.id}`}>
                    {branchSay('branchName', { name: nameOf(one) })}
                  </label>
                  <input
                    id={`${id}-${one.id}`}
                    className="in"
                    maxLength={40}
                    value={one.name}
                    placeholder={nameOf({ ...one, name: '' })}
                    onChange={(event) => lab.send({ type: 'rename', branch: one.id, name: event.target.value })}
                  />
                  {one === current ? (
                    <span className="tag">
                      <Icon name="eye" />
                      {branchSay('branchNow')}
                    </span>
                  ) : (
                    <button
                      type="button"
                      className="btn sm"
                      onClick={() => lab.send({ type: 'switch', branch: one.id })}
                    >
                      {branchSay('branchSwitch')}
                      <span className="vh"> {nameOf(one)}</span>
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{branchSay('branchParts')}</th>
              {branches.map((one) => (
                <td key={one.id}>
                  {one === current ? branchSay('branchSteps', { n: one.moments.length - 1 }) : partingOf(one, current)}
                </td>
              ))}
            </tr>
            {rows.map(({ title, cells, differs }) => (
              <tr key={title} className={differs ? 'labdiffers' : undefined}>
                <th scope="row">
                  {title}
                  {differs ? (
                    <span className="tag warn">
                      <Icon name="warn" />
                      {branchSay('branchDiffers')}
                    </span>
                  ) : null}
                </th>
                {branches.map((one, column) => (
                  <td key={one.id}>
                    <ul>
                      {(cells[column] ?? []).map(({ text, own }) => (
                        <li key={text} className={own ? 'strong' : undefined}>
                          {text}
                        </li>
                      ))}
                    </ul>
                    {(cells[column] ?? []).length === 0 ? <span className="muted">—</span> : null}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{branchSay('branchDo')}</th>
              {branches.map((one) => (
                <td key={one.id}>
                  <div className="row wrap">
                    <button type="button" className="btn sm" onClick={() => onRecord(one)}>
                      {say('save')}
                      <span className="vh"> {nameOf(one)}</span>
                    </button>
                    {one === current ? null : (
                      <button
                        type="button"
                        className="btn sm quiet"
                        onClick={() => lab.send({ type: 'drop', branch: one.id })}
                      >
                        {branchSay('branchDrop')}
                        <span className="vh"> {nameOf(one)}</span>
                      </button>
                    )}
                  </div>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
      <h3>{branchSay('branchFrom')}</h3>
      <p className="muted">{branchSay('branchFromText')}</p>
      <ol className="labmoments">
        {current.moments.map((moment, at) => {
          const before = current.moments[at - 1];
          const entry = moment.session.journal.at(-1);
          const isNew = entry !== undefined && before?.session.journal.at(-1) !== entry;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: moments have places, no names
            <li key={at}>
              <span className="num">{at}</span>
              <span className="grow">
                {at === 0 ? branchSay('branchStart') : isNew ? entry.title : branchSay('branchWaited')}
              </span>
              <button type="button" className="btn sm" onClick={() => lab.send({ type: 'branch', at, name: '' })}>
                {branchSay('branchHere')}
                <span className="vh"> {at}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}
