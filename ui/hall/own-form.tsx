import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../app/icon.tsx';
import { asFault } from '../app/load.ts';

export interface Problem {
  /** Id of the field; empty = the form as a whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * The product's own small forms: checks on submit, sends, shows what was refused at its place. The summary takes the
 * focus when the server refused something that belongs to no field; otherwise the first wrong field does.
 */
export function OwnForm(props: {
  readonly check: () => readonly Problem[];
  readonly send: () => Promise<void>;
  readonly submit: string;
  /** What it does cannot be undone. */
  readonly danger?: boolean;
  readonly problems: readonly Problem[];
  readonly onProblems: (problems: readonly Problem[]) => void;
  readonly children: ReactNode;
  readonly extra?: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const general = props.problems.filter((problem) => problem.field === '');

  useEffect(() => {
    const first = props.problems[0];
    if (!first) return;
    const field = first.field === '' ? null : form.current?.querySelector<HTMLElement>(`#${CSS.escape(first.field)}`);
    (field ?? form.current?.querySelector<HTMLElement>('.own-problem'))?.focus();
  }, [props.problems]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const problems = props.check();
    props.onProblems(problems);
    if (problems.length > 0) return;
    setBusy(true);
    try {
      await props.send();
    } catch (error) {
      const fault = asFault(error);
      const fields = fault.fieldErrors.map(({ path, message }) => ({ field: path, message }));
      props.onProblems(fields.length > 0 ? fields : [{ field: '', message: fault.message }]);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)}>
      {general.length > 0 && (
        <div className="own-problem note err" role="alert" tabIndex={-1}>
          <Icon name="alert" />
          <span>{general.map((problem) => problem.message).join(' ')}</span>
        </div>
      )}
      {props.children}
      <div className="actions">
        <button
          type="submit"
          className={props.danger ? 'btn danger solid' : 'btn primary'}
          aria-busy={busy}
          aria-disabled={busy}
        >
          {props.submit}
        </button>
        {props.extra}
      </div>
    </form>
  );
}

/** The message at one field. */
export function problemAt(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.message;
}
