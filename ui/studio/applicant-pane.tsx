import { type ReactNode, useState } from 'react';
import { type SaidDifference, saidKinds } from '../../engine/diff/index.ts';
import { yuan } from '../../engine/forms/live.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { mark } from '../app/texts/punctuation.ts';
import { say as sayChange } from './change-texts.ts';
import { FormSides } from './form-sides.tsx';
import { say } from './pane-texts.ts';
import { textDifference } from './text-difference.ts';
import { schemaAt } from './worker/completion.ts';
import type { Compared } from './worker/messages.ts';

interface ApplicantPaneProps {
  readonly compared: Compared;
  readonly settingsSchema: JsonObject;
}

/** Parts that go without saying. */
const obvious = new Set(['title', 'text', 'label', 'is']);

/** Texts come in hundreds when an article is another. */
const SHOWN = 40;

/** What somebody who applies is asked and told otherwise: forms live beside each other, words with what is another in them. */
export function ApplicantPane({ compared, settingsSchema }: ApplicantPaneProps) {
  const { applicant, sides } = compared;
  if (applicant === null || sides === null) return null;
  const { forms, said } = applicant;
  if (forms.length + said.length === 0) return <p className="muted">{say('applicantNone')}</p>;
  return (
    <>
      {forms.length > 0 ? <p className="muted">{say('applicantHint')}</p> : null}
      {forms.map((form) => (
        <FormSides key={form.form} difference={form} sides={sides} />
      ))}
      {saidKinds.map((kind) => {
        const own = said.filter((one) => one.kind === kind);
        return own.length === 0 ? null : (
          <Group key={kind} title={say(`said-${kind}`)} count={own.length}>
            {own.map((one) => (
              <Said key={`${one.address} ${one.part}`} said={one} schema={settingsSchema} />
            ))}
          </Group>
        );
      })}
    </>
  );
}

function Group({ title, count, children }: { title: string; count: number; children: readonly ReactNode[] }) {
  const [whole, setWhole] = useState(false);
  return (
    <section className="apgroup">
      <h3>{title}</h3>
      <ul>{whole ? children : children.slice(0, SHOWN)}</ul>
      {count > SHOWN ? (
        <button type="button" className="btn sm" onClick={() => setWhole(!whole)}>
          {whole ? sayChange('less') : sayChange('more', { n: count })}
        </button>
      ) : null}
    </section>
  );
}

function Said({ said, schema }: { readonly said: SaidDifference; readonly schema: JsonObject }) {
  const { kind, title, part } = said;
  const [before, after] = kind === 'price' ? [priceOf(said.before), priceOf(said.after)] : [said.before, said.after];
  const stretches = textDifference(before ?? '', after ?? '');
  const where = kind === 'price' ? titlesOf(schema, said) : obvious.has(part) ? '' : part;
  return (
    <li>
      <p>
        <strong>{title}</strong>
        {where === '' ? null : <span className="muted"> {where}</span>}
      </p>
      <div className="apsides">
        <Side title={sayChange('before')} text={before} stretches={stretches} side="before" />
        <Side title={sayChange('after')} text={after} stretches={stretches} side="after" />
      </div>
    </li>
  );
}

interface SideProps {
  readonly title: string;
  readonly text: string | null;
  readonly stretches: ReturnType<typeof textDifference>;
  readonly side: 'before' | 'after';
}

function Side({ title, text, stretches, side }: SideProps) {
  const Mark = side === 'before' ? 'del' : 'ins';
  let at = 0;
  return (
    <div>
      <span className="apside">{title}</span>
      {text === null ? (
        <p className="muted">{sayChange('nothing')}</p>
      ) : (
        <p className="aptext">
          {stretches.map(({ text: part, side: own }) => {
            at += part.length;
            if (own === 'both') return <span key={at}>{part}</span>;
            return own === side ? <Mark key={at}>{part}</Mark> : null;
          })}
        </p>
      )}
    </div>
  );
}

/** Amounts are integers of fen. */
function priceOf(text: string | null): string | null {
  return text !== null && /^-?\d+$/.test(text) ? yuan(Number(text)) : text;
}

/** Titles of the schema down to a price, as deep as it stands. */
function titlesOf(schema: JsonObject, { address, part }: SaidDifference): string {
  const path = part === '' ? [] : part.split('.');
  return path
    .map((name, index) => {
      const { title } = schemaAt(schema, [address, ...path.slice(0, index + 1)]);
      return typeof title === 'string' ? title : name;
    })
    .join(mark('list'));
}
