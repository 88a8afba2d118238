import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { Icon } from '../icons.tsx';
import { useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

export interface Flag {
  readonly field: string;
  readonly reason: string;
}

export function flagsOf(value: Json | undefined): Flag[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const { field, reason } = (item !== null && typeof item === 'object' ? item : {}) as JsonObject;
    return typeof field === 'string' ? [{ field, reason: typeof reason === 'string' ? reason : '' }] : [];
  });
}

/** What is flagged, with its reasons. Fields are picked where they stand (the desk); here a reason is worded or taken back. */
function Control({ store, state, ids, services }: ControlProps) {
  const { field } = state;
  const say = useSay();
  const flags = flagsOf(state.value);
  const write = (next: readonly Flag[]) =>
    store.set(
      field.name,
      next.map(({ field: path, reason }) => ({ field: path, reason })),
    );
  if (flags.length === 0) {
    return (
      <p className="fv-none" id={ids.control} tabIndex={-1}>
        {say('flagsNone')}
      </p>
    );
  }
  return (
    <ol className="fv-flag-list">
      {flags.map((flag, i) => {
        const title = services.titleOf?.(flag.field) ?? flag.field;
        const id = i === 0 ? ids.control : `${ids.control}-${i}`;
        return (
          <li key={flag.field}>
            <span className="fv-flag-title">
              <Icon name="flag" />
              {title}
            </span>
            <label className="fv-hidden" htmlFor={id}>
              {say('flagReason')}
              {mark('colon')}
              {title}
            </label>
            <input
              id={id}
              className="fv-input"
              type="text"
              value={flag.reason}
              placeholder={say('flagReason')}
              list={services.reasons ? `${id}-reasons` : undefined}
              onChange={(event) =>
                write(flags.map((one, at) => (at === i ? { ...one, reason: event.target.value } : one)))
              }
              onBlur={() => store.leave(field.name)}
            />
            {services.reasons && (
              <datalist id={`${id}-reasons`}>
                {services.reasons(flag.field).map((reason) => (
                  <option key={reason} value={reason} />
                ))}
              </datalist>
            )}
            <button type="button" className="fv-small" onClick={() => write(flags.filter((_, at) => at !== i))}>
              <span aria-hidden="true">✕</span>
              <span className="fv-hidden">{say('flagRemove', { title })}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** The same to read. */
export function FlagList({
  value,
  services,
}: {
  readonly value: Json | undefined;
  readonly services: ControlProps['services'];
}) {
  return (
    <ol className="fv-flag-list">
      {flagsOf(value).map((flag) => (
        <li key={flag.field}>
          <span className="fv-flag-title">
            <Icon name="flag" />
            {services.titleOf?.(flag.field) ?? flag.field}
          </span>
          <span>{flag.reason}</span>
        </li>
      ))}
    </ol>
  );
}

export const flags: KindOfField = { kind: 'flags', frame: 'group', Control };
