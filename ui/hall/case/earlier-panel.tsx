import { useState } from 'react';
import type { EarlierCase } from '../../../engine/contract/routes.ts';
import { isEmpty } from '../../../engine/forms/live.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { api } from '../../api/index.ts';
import { shortDate } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { dictionary } from '../../app/texts/dictionary.ts';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import type { FormSet } from '../../form/index.ts';

interface Filled {
  readonly fields: readonly { readonly form: string; readonly name: string; readonly value: Json }[];
}

/** What the person filled in before is offered, never filled in by itself: only what is empty, marked, and it can be undone. */
export default function EarlierPanel({ caseId, set }: { readonly caseId: string; readonly set: FormSet }) {
  useTexts();
  const forms = set.stores.map((store) => store.id).join();
  const { state } = useLoad(`earlier ${caseId} ${forms}`, () => api.earlier(caseId));
  const [filled, setFilled] = useState<Filled | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (state.kind !== 'ready' || state.data.cases.length === 0) return null;

  const take = async (one: EarlierCase): Promise<void> => {
    setProblem(null);
    try {
      const answer = await api.takeOver(caseId, one.id);
      setFilled({ fields: fill(set, one.number, answer.forms) });
    } catch (error) {
      setProblem(asFault(error).message);
    }
  };
  return (
    <details className="panel takeover">
      <summary>{say('title', { n: state.data.cases.length })}</summary>
      <p className="small muted">{say('hint')}</p>
      <ul>
        {state.data.cases.map((one) => (
          <li key={one.id}>
            <span>
              {one.subject || one.workflow}
              <span className="small muted">
                {one.workflow}
                {mark('comma')}
                {shortDate(one.createdAt, now())}
                {mark('comma')}
                <CaseNumber number={one.number} />
              </span>
            </span>
            <button
              type="button"
              className="btn sm"
              aria-label={say('takeFrom', { name: one.subject || one.number })}
              onClick={() => void take(one)}
            >
              {say('take')}
            </button>
          </li>
        ))}
      </ul>
      <div role="status">
        {problem && <p className="note err">{problem}</p>}
        {filled && (
          <p className="note ok">
            <Icon name="check" />
            <span>
              {say(filled.fields.length > 0 ? 'filled' : 'nothing', {
                n: filled.fields.length,
              })}{' '}
              {filled.fields.length > 0 && (
                <button
                  type="button"
                  className="linkbtn"
                  onClick={() => {
                    undo(set, filled);
                    setFilled(null);
                  }}
                >
                  {say('undo')}
                </button>
              )}
            </span>
          </p>
        )}
      </div>
    </details>
  );
}

/** @returns what was filled in: only fields that were empty. */
function fill(set: FormSet, number: string, forms: { readonly [form: string]: JsonObject }): Filled['fields'] {
  const done: { form: string; name: string; value: Json }[] = [];
  const from = { from: number, score: 1, checked: false, doubtful: false, taken: true } as const;
  for (const store of set.stores) {
    const empty = Object.entries(forms[store.id] ?? {}).flatMap(([name, value]) => {
      const field = store.form.field(name);
      return field && value !== undefined && isEmpty(field, store.valueOf(field)) ? [[name, value] as const] : [];
    });
    store.copy(Object.fromEntries(empty), from);
    for (const [name, value] of empty) done.push({ form: store.id, name, value });
  }
  return done;
}

/** What was changed since stays. */
function undo(set: FormSet, { fields }: Filled): void {
  for (const { form, name, value } of fields) {
    const store = set.store(form);
    const field = store?.form.field(name);
    if (store && field && JSON.stringify(store.valueOf(field)) === JSON.stringify(value)) store.set(name, undefined);
  }
}

const say = dictionary(
  {
    title: '用以前填过的资料（{n} 份）',
    hint: '只填入还空着的项目，每一项都会标明来自哪一笔，填入后请核对。图片、协议和验证码不会带过来。',
    take: '填入',
    takeFrom: '填入 {name} 的资料',
    filled: '已填入 {n} 项，请核对。',
    nothing: '这些项目都已经填过，没有改动。',
    undo: '撤销填入',
  },
  {
    title: 'Use what you filled in before ({n})',
    hint: 'Only what is still empty is filled in, each marked with where it comes from; please check it. Pictures, consents and codes are not taken over.',
    take: 'Fill in',
    takeFrom: 'Fill in the data of {name}',
    filled: '{n} filled in; please check.',
    nothing: 'All of it was filled in already; nothing has changed.',
    undo: 'Undo',
  },
);
