import { type FormEvent, useMemo, useState } from 'react';
import { type Command, completeCommand, forms as engineForms, type Session } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { api } from '../api/index.ts';
import { Dialog } from '../app/parts/dialog.tsx';
import { ErrorSummary, type FormServices, FormSet, FormView, useFormSet } from '../form/index.ts';
import { DialogActions } from '../workbench/dialog-actions.tsx';
import { contextOf, edgesOf } from './edges.ts';
import type { Chance } from './people.ts';
import { say } from './texts.ts';

interface CommandDialogProps {
  readonly session: Session;
  readonly chance: Chance;
  onClose(): void;
  onSend(command: Command): void;
}

type EventCommand = Extract<Command, { readonly kind: 'event' }>;

const VERDICTS = ['right', 'wrong', 'expired', 'used'] as const;

/** The data of an event before it is sent: the smallest valid one is filled in, the hall's own forms change it. */
export function CommandDialog({ session, chance, onClose, onSend }: CommandDialogProps) {
  const smallest = useMemo(
    () => completeCommand(session, chance.offer.event, chance.actor) as EventCommand,
    [session, chance],
  );
  const edges = useMemo(() => edgesOf(session, chance, smallest), [session, chance, smallest]);
  const [edge, setEdge] = useState('');
  const command = useMemo(() => edges.get(edge)?.command ?? smallest, [edges, edge, smallest]);
  const parts = useMemo(() => partsOf(session, chance, command), [session, chance, command]);
  const [focus, setFocus] = useState(0);
  const [verdicts, setVerdicts] = useState<{ readonly [path: string]: string }>({});
  useFormSet(parts.set);

  const submit = (event: FormEvent, unchecked = false) => {
    event.preventDefault();
    if (!unchecked && parts.set.check().errors.length > 0) {
      setFocus(focus + 1);
      return;
    }
    const values: { [form: string]: JsonObject } = parts.set.values();
    for (const { form, field } of parts.secrets) {
      values[form] = { ...parts.start[form], ...values[form], [field]: verdicts[`${form}.${field}`] ?? 'right' };
    }
    const { [parts.dialogue ?? '']: data, ...forms } = values;
    onSend({
      ...command,
      ...(Object.keys(forms).length > 0 ? { forms: { ...command.forms, ...forms } } : {}),
      ...(parts.dialogue !== null && data ? { data } : {}),
    });
  };
  return (
    <Dialog title={say('editTitle', { title: chance.offer.title })} onClose={onClose} sticky wide>
      <form noValidate onSubmit={submit}>
        <p className="muted">{say('editText')}</p>
        <p className="labfield">
          <label className="strong" htmlFor="lab-edge">
            {say('edge')}
          </label>
          <select id="lab-edge" className="in" value={edge} onChange={(event) => setEdge(event.target.value)}>
            <option value="">{say('smallestData')}</option>
            {(['inside', 'outside'] as const).map((side) => (
              <optgroup key={side} label={say(side === 'inside' ? 'edgesInside' : 'edgesOutside')}>
                {[...edges]
                  .filter(([, one]) => one.side === side)
                  .map(([key, { title }]) => (
                    <option key={key} value={key}>
                      {title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </p>
        <ErrorSummary complaints={parts.set.complaints()} focus={focus} />
        {parts.set.stores.map((store) => (
          <FormView key={store.id} store={store} services={SERVICES} heading={3} />
        ))}
        {parts.secrets.map(({ form, field, title }) => (
          <p key={`${form}.${field}`} className="labfield">
            <label className="strong" htmlFor={`v-${form}-${field}`}>
              {title}
            </label>
            <select
              id={`v-${form}-${field}`}
              className="in"
              value={verdicts[`${form}.${field}`] ?? 'right'}
              onChange={(event) => setVerdicts({ ...verdicts, [`${form}.${field}`]: event.target.value })}
            >
              {VERDICTS.map((verdict) => (
                <option key={verdict} value={verdict}>
                  {say(verdict)}
                </option>
              ))}
            </select>
          </p>
        ))}
        <DialogActions label={say('send')} onClose={onClose}>
          <button type="button" className="btn" onClick={(event) => submit(event as unknown as FormEvent, true)}>
            {say('unchecked')}
          </button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Forms to draw. A secret is known to nobody here, so that its verdict is chosen instead of a value. */
function partsOf(session: Session, chance: Chance, command: EventCommand) {
  const { definition } = session;
  const dialogue = chance.offer.form ?? null;
  const start: { [form: string]: JsonObject } = {
    ...command.forms,
    ...(dialogue === null ? {} : { [dialogue]: command.data ?? {} }),
  };
  const secrets = Object.keys(start).flatMap((form) => {
    const schema = definition.forms[form];
    return Object.keys(schema ? engineForms.secretFields(schema) : {}).map((field) => ({
      form,
      field,
      title: String(schema?.properties[field]?.title ?? field),
    }));
  });
  const hidden = new Set(secrets.map((secret) => secret.form));
  const context = contextOf(session);
  const set = new FormSet({
    forms: Object.entries(start).flatMap(([id, values]) => {
      const schema = definition.forms[id];
      return schema && !hidden.has(id) ? [{ form: engineForms.compileForm(id, schema), values, editable: null }] : [];
    }),
    context,
  });
  return { set, secrets, dialogue, start };
}

/** Files stay here: their reference is made in the browser, nothing is sent. */
const SERVICES: FormServices = {
  upload: async (_form, _field, file, name) => {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { file: { id: `lab-${sha256.slice(0, 12)}`, name, size: file.size, type: file.type, sha256 } };
  },
  options: (source, ask, signal) => api.options(source, ask, { signal }),
};
