import './styles.ts';
import { Fragment, type ReactNode, useMemo } from 'react';
import { display, type Field, fieldsOf, type Inner, partsOf } from '../../engine/forms/live.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { locale } from '../app/texts/index.ts';
import { ChosenFile, fileOf } from './chosen-file.tsx';
import { FlagList } from './fields/flags.tsx';
import { Icon } from './icons.tsx';
import { Qr } from './qr.tsx';
import type { FormServices } from './services.ts';
import { useSay } from './texts.ts';

export interface ReadViewProps {
  /** A form, or the schema of a connector's data. */
  readonly schema: JsonObject;
  readonly values: JsonObject;
  readonly services: FormServices;
  /** Drawn after a value, for example a button that unmasks or flags it. `path` is the field's name. */
  readonly after?: (field: Field, value: Json | undefined) => ReactNode;
  /** Class of a row, for example because it is flagged. */
  readonly rowClass?: (field: Field) => string | undefined;
  /** Also fields without a value; else they are left out. */
  readonly empty?: boolean;
  /** Locked: sunken ground, a lock, 保持不变. */
  readonly locked?: boolean;
  readonly title?: string;
}

/** Values to read: a definition list in the order of the schema. */
export function ReadView(props: ReadViewProps) {
  const { schema, values, services } = props;
  const say = useSay();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const shown = fields.filter((field) => props.empty === true || present(values[field.name]));
  if (shown.length === 0) return null;
  return (
    <section className={props.locked ? 'fv-read is-locked' : 'fv-read'}>
      {props.title && (
        <header className="fv-head">
          <h3>
            {props.locked && <Icon name="lock" />}
            {props.title}
          </h3>
          {props.locked && <span className="fv-aside">{say('locked')}</span>}
        </header>
      )}
      <dl>
        {shown.map((field) => (
          <Fragment key={field.name}>
            <dt className={props.rowClass?.(field)}>{field.title}</dt>
            <dd className={[props.rowClass?.(field) ?? '', `fv-is-${field.kind}`].join(' ').trim()}>
              <Value field={field} value={values[field.name]} services={services} />
              {props.after?.(field, values[field.name])}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

/** One value as people read it: a file with its picture, a QR code, flags with reasons, else words. */
export function Value(props: {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly services: FormServices;
}) {
  const { field, value, services } = props;
  const say = useSay();
  const file = fileOf(value);
  if (file && field.type === 'object') {
    return (
      <ChosenFile file={file} title={field.title} {...(services.fileUrl ? { url: services.fileUrl(file) } : {})} />
    );
  }
  if (field.kind === 'qr' && typeof value === 'string') return <Qr text={value} title={field.title} />;
  if (field.kind === 'flags') return <FlagList value={value} services={services} />;
  if (field.inner !== null && !field.inner.plain && field.kind !== 'dateRange' && value !== undefined)
    return <PartValues {...props} inner={field.inner} />;
  const text = display(field, value, locale());
  if (text === '') return <span className="fv-none">{say('notFilled')}</span>;
  const numeric = field.format !== null || field.kind === 'money' || field.type === 'integer';
  return <span className={numeric ? 'fv-num' : undefined}>{text}</span>;
}

/** Each part as a list of its own. */
function PartValues(props: {
  readonly inner: Inner;
  readonly value: Json | undefined;
  readonly services: FormServices;
}) {
  const { inner, services } = props;
  return partsOf(inner, props.value).map((values, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity when they are read
    <ReadView key={at} schema={inner.form.schema} values={values} services={services} />
  ));
}

function present(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
