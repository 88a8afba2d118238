import { lazy, Suspense, useMemo } from 'react';
import type { ReleaseView } from '../../../engine/contract/routes.ts';
import type { SectionView } from '../../../engine/contract/view.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { shortDateTime } from '../../app/format.ts';
import { asObject, asText } from '../../app/hall-info.tsx';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { Qr } from '../../app/parts/qr.tsx';
import { useSession } from '../../app/session.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { type FormServices, ReadView } from '../../form/index.ts';
import { LinkSection } from './link-section.tsx';
import type { Forms } from './use-forms.ts';

interface SectionsProps {
  readonly sections: readonly SectionView[];
  readonly release: ReleaseView;
  readonly forms: Forms;
  readonly services: FormServices;
}

const HandOn = lazy(() => import('./hand-on.tsx'));

/** What a task shows: forms to read, entries of records, links. Values stand in the help column. */
export function Sections({ sections, ...props }: SectionsProps) {
  const told = sections.find((section) => section.kind === 'record');
  return sections.map((section) =>
    section === told ? (
      // What lists lead to, where something went wrong.
      <div key={keyOf(section)} id="reason" tabIndex={-1} className="reason">
        <Section section={section} {...props} />
      </div>
    ) : (
      <Section key={keyOf(section)} section={section} {...props} />
    ),
  );
}

function keyOf(section: SectionView): string {
  switch (section.kind) {
    case 'form':
      return `form ${section.form}`;
    case 'record':
      return `record ${section.record}`;
    case 'link':
      return `link ${section.secret}`;
    case 'value':
      return `value ${section.id}`;
  }
}

function Section({ section, ...props }: { readonly section: SectionView } & Rest) {
  switch (section.kind) {
    case 'form':
      return <ReadSection section={section} {...props} />;
    case 'record':
      return <RecordSection section={section} {...props} />;
    case 'link':
      return section.to ? (
        <Suspense fallback={null}>
          <HandOn section={section} />
        </Suspense>
      ) : (
        <LinkSection section={section} />
      );
    case 'value':
      return null;
  }
}

type Rest = Omit<SectionsProps, 'sections'>;

function ReadSection({
  section,
  release,
  services,
}: { readonly section: Extract<SectionView, { kind: 'form' }> } & Rest) {
  const schema = release.forms[section.form];
  if (!schema || Object.keys(section.values).length === 0) return null;
  return (
    <section className="panel" aria-label={section.title}>
      <h2>{section.title}</h2>
      <ReadView schema={schema} values={section.values} services={services} />
    </section>
  );
}

type RecordView = Extract<SectionView, { kind: 'record' }>;

/** The schema that a record's entries are drawn with: its form, or the data of a connector. */
export function schemaOfRecord(section: RecordView, release: ReleaseView): FormSchema {
  const own = section.form ? release.forms[section.form] : undefined;
  if (own) return own;
  const bare = asObject(section.schema ?? {});
  return { ...bare, title: section.title, properties: asObject(bare.properties) } as FormSchema;
}

/** The field of a schema that is a QR code, or null. */
export function codeFieldOf(schema: FormSchema): string | null {
  const found = Object.entries(schema.properties).find(([, property]) => property['x-widget'] === 'qr');
  return found?.[0] ?? null;
}

/** Entries of a record, the newest first, drawn with the record's own schema. */
function RecordSection({ section, release, services }: { readonly section: RecordView } & Rest) {
  const t = useTexts();
  const schema = useMemo(() => schemaOfRecord(section, release), [section, release]);
  const code = codeFieldOf(schema);
  if (section.entries.length === 0) return null;
  const entries = [...section.entries].sort((a, b) => b.at - a.at);
  if (code !== null) return <CodeRecord section={section} schema={schema} field={code} services={services} />;
  return (
    <section className="panel" aria-label={section.title}>
      <h2>{section.title}</h2>
      <ol className="records">
        {entries.map((entry, index) => (
          <li key={entry.at}>
            <p className="when num">
              {entries.length > 1 && `${t('case.entry', { n: entries.length - index })}${mark('comma')}`}
              {shortDateTime(entry.at, now())}
            </p>
            <ReadView schema={schema} values={entry.data} services={services} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A record to be scanned: only its newest code counts, with what belongs to it below. */
function CodeRecord(props: {
  readonly section: RecordView;
  readonly schema: FormSchema;
  readonly field: string;
  readonly services: FormServices;
}) {
  const t = useTexts();
  const { session } = useSession();
  const { section, schema, field } = props;
  const { [field]: property, ...others } = schema.properties;
  const title = asText(property?.title) ?? section.title;
  const newest = section.entries.reduce((a, b) => (b.at > a.at ? b : a));
  const text = asText(newest.data[field]);
  return (
    <section className="panel linkpanel" aria-label={section.title}>
      <h2>{section.title}</h2>
      {text && <Qr text={text} label={t('case.linkLabel', { title })} size={220} />}
      <p className="strong">{title}</p>
      <ReadView schema={{ ...schema, properties: others }} values={newest.data} services={props.services} />
      <p className="note">
        <Icon name="wait" />
        <span>{t('case.codeHow')}</span>
      </p>
      {session.development && text && /^https?:/.test(text) && (
        <div className="devlink small">
          <p className="muted">{t('case.linkText')}</p>
          <a href={text} target="_blank" rel="noreferrer">
            {text}
          </a>
        </div>
      )}
    </section>
  );
}
