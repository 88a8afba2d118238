import { useEffect, useState } from 'react';
import { accounts, type TypedCode } from '../../api/accounts.ts';
import { asFault } from '../../app/load.ts';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { say } from './texts.ts';
import './account.css';

/** A phone number, and the code that was sent to it. */
export interface PhoneCode {
  readonly mobile: string;
  readonly code: string;
  readonly request: string;
  readonly typed: TypedCode;
  set(change: Partial<Pick<PhoneCode, 'mobile' | 'code' | 'request'>>): void;
  problems(): readonly Problem[];
}

export function usePhoneCode(): PhoneCode {
  const [state, setState] = useState({ mobile: '', code: '', request: '' });
  const mobile = state.mobile.replace(/\s/g, '');
  return {
    ...state,
    typed: { mobile, request: state.request, code: state.code.trim() },
    set: (change) => setState((before) => ({ ...before, ...change })),
    problems: () => [
      ...(/^1[3-9]\d{9}$/.test(mobile) ? [] : [{ field: 'mobile', message: say('needMobile') }]),
      ...(state.request !== '' && /^\d{6}$/.test(state.code.trim())
        ? []
        : [{ field: 'code', message: say('needCode') }]),
    ],
  };
}

/** @param onProblems hears why no code could be sent */
export function CodeFields(props: {
  readonly purpose: 'login' | 'reset' | 'mobile';
  readonly phone: PhoneCode;
  readonly problems: readonly Problem[];
  readonly onProblems: (problems: readonly Problem[]) => void;
}) {
  useLanguage();
  const { purpose, phone, problems, onProblems } = props;
  const [wait, setWait] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const ask = async (): Promise<void> => {
    if (busy || wait > 0) return;
    const wrong = phone.problems().filter(({ field }) => field === 'mobile');
    onProblems(wrong);
    if (wrong.length > 0) return;
    setBusy(true);
    try {
      const { request } = await accounts.askCode(purpose, phone.typed.mobile);
      phone.set({ request });
      setWait(60);
      document.getElementById('code')?.focus();
    } catch (error) {
      onProblems([{ field: 'mobile', message: asFault(error).message }]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <TextField
        id="mobile"
        label={say('mobile')}
        hint={say('mobileHint')}
        value={phone.mobile}
        onChange={(mobile) => phone.set({ mobile, request: '' })}
        autoComplete="tel"
        inputMode="tel"
        error={problemAt(problems, 'mobile')}
      />
      <div className="codefield">
        <TextField
          id="code"
          label={say('code')}
          hint={say('codeHint')}
          value={phone.code}
          onChange={(code) => phone.set({ code })}
          autoComplete="one-time-code"
          inputMode="numeric"
          error={problemAt(problems, 'code')}
        />
        <button
          type="button"
          className="btn"
          aria-busy={busy}
          aria-disabled={busy || wait > 0}
          onClick={() => void ask()}
        >
          {wait > 0 ? say('askAgain', { n: wait }) : say('askCode')}
        </button>
      </div>
      <p className="muted small" role="status">
        {wait > 0 ? say('sent', { mobile: phone.typed.mobile }) : ''}
      </p>
    </>
  );
}
