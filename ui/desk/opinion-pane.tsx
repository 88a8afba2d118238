import type { ReleaseView } from '../../engine/contract/routes.ts';
import type { CaseView } from '../../engine/contract/view.ts';
import { fieldsOf } from '../../engine/forms/live.ts';
import { Icon } from '../app/icon.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { voidedBy } from '../app/voided.ts';
import { type Flag, reasonOf, reasonsFor } from './flags.ts';
import { say } from './texts.ts';

interface OpinionPaneProps {
  readonly view: CaseView;
  readonly release: ReleaseView;
  readonly flags: readonly Flag[];
  onChange(flags: readonly Flag[]): void;
}

/** Right, for tasks with flags: a reason for every flagged field, and what the applicant will read. */
export function OpinionPane({ view, release, flags, onChange }: OpinionPaneProps) {
  const library = release.content.reasons;
  const change = (field: string, next: Partial<Flag>) =>
    onChange(flags.map((flag) => (flag.field === field ? { ...flag, ...next } : flag)));
  const said = flags.filter((flag) => reasonOf(flag) !== '');
  const voided = voidedBy(
    view.facts,
    flags.map((flag) => flag.field),
  ).map((one) => one.title);
  return (
    <>
      <h2>{flags.length > 0 ? say('opinionFlags', { n: flags.length }) : say('opinion')}</h2>
      {flags.length === 0 ? <p className="muted deskhint">{say('flagHint')}</p> : null}
      {flags.map((flag, index) => {
        const reasons = reasonsFor(library, flag.field);
        const title = titleOf(release, flag.field);
        // The shortcuts 1 to 9 belong to the field that was flagged last.
        const keys = index === flags.length - 1;
        return (
          <section key={flag.field} className="deskflag" aria-label={title}>
            <h3>
              <span>{title}</span>
              <button
                type="button"
                className="tag err"
                aria-label={say('unflag', { title })}
                onClick={() => onChange(flags.filter((one) => one.field !== flag.field))}
              >
                <Icon name="flag" />
                {say('flagged')} <span aria-hidden="true">×</span>
              </button>
            </h3>
            <div className="deskreasons">
              {reasons.map((reason, at) => (
                <label key={reason}>
                  <input
                    type="checkbox"
                    checked={flag.reasons.includes(reason)}
                    onChange={() =>
                      change(flag.field, {
                        reasons: flag.reasons.includes(reason)
                          ? flag.reasons.filter((one) => one !== reason)
                          : [...flag.reasons, reason],
                      })
                    }
                  />
                  <span>{reason}</span>
                  {keys && at < 9 ? <kbd>{at + 1}</kbd> : null}
                </label>
              ))}
            </div>
            <textarea
              rows={2}
              maxLength={100}
              aria-label={`${say('note')}${mark('colon')}${title}`}
              placeholder={say('notePlaceholder')}
              value={flag.note}
              onChange={(event) => change(flag.field, { note: event.target.value })}
            />
          </section>
        );
      })}
      {said.length > 0 ? (
        <section>
          <h3>{say('preview')}</h3>
          <ul className="deskmessage">
            {said.map((flag) => (
              <li key={flag.field}>
                {titleOf(release, flag.field)}
                {mark('colon')}
                {reasonOf(flag)}
              </li>
            ))}
          </ul>
          <p className="muted xs">
            {say('previewCount', {
              n: said.reduce(
                (sum, flag) => sum + [...titleOf(release, flag.field)].length + [...reasonOf(flag)].length + 2,
                0,
              ),
            })}
          </p>
        </section>
      ) : null}
      {voided.length > 0 ? (
        <p className="note warn">
          <Icon name="warn" />
          <span>{say('voids', { facts: voided.join('”“') })}</span>
        </p>
      ) : null}
    </>
  );
}

export function titleOf(release: ReleaseView, path: string): string {
  const [form = '', name = ''] = path.split('.', 2);
  const schema = release.forms[form];
  if (!schema) return path;
  const title = fieldsOf(schema).find((field) => field.name === name)?.title ?? name;
  return title.startsWith(schema.title) ? title : `${schema.title} ${title}`;
}
