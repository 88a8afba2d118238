import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { FileReference, Option, Recognised } from '../../../../engine/contract/routes.ts';
import { formFromStandalone, type ValidatorModule } from '../../../../engine/forms/live.ts';
import type { FormSchema } from '../../../../engine/model/definition.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import '../../../../ui/app/tokens.css';
import '../../../../ui/app/base.css';
import { ErrorSummary, type FormServices, FormSet, FormView, ReadView, useFormSet } from '../../../../ui/form/index.ts';
import './page.css';

/** What the test's server says is on the page. */
export interface PageData {
  readonly forms: readonly {
    readonly id: string;
    readonly editable?: readonly string[];
    readonly notes?: { [field: string]: string };
  }[];
  readonly schemas: { readonly [form: string]: FormSchema };
  readonly values: { readonly [form: string]: JsonObject };
  readonly settings: JsonObject;
  readonly tables?: { readonly [table: string]: { readonly by: readonly string[]; readonly is: JsonObject } };
  readonly read?: readonly string[];
}

const services: FormServices = {
  upload: async (form, field, file, name, { onProgress }) => {
    const answer = await fetch(`/upload?form=${form}&field=${field}&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: file,
    });
    onProgress?.(1);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as { file: FileReference };
  },
  recognise: async (_file, signal) => (await (await fetch('/recognition', { signal })).json()) as Recognised,
  fileUrl: (file) => `/files/${file.id}`,
  options: async (source, { q, under }, signal) => {
    const query = new URLSearchParams({ q, ...(under ? { under } : {}) });
    const answer = await fetch(`/options/${source}?${query}`, { signal });
    if (!answer.ok) throw new Error('options');
    return ((await answer.json()) as { options: Option[] }).options;
  },
  article: (id) => ({
    title:
      {
        service: '电子认证服务协议',
        personalInformation: '个人信息授权书',
        sensitiveInformation: '敏感个人信息授权书',
      }[id] ?? id,
    version: '2026-01',
    text: '第一条 示例条文。\n\n第二条 示例条文。',
  }),
  documentUrl: (id) => `/documents/${id}.pdf`,
  example: (id) => ({ title: `示例：${id}`, text: '四角完整、文字清晰。' }),
  titleOf: (path) => path,
  schemaOf: (form) => data.schemas[form] ?? null,
};

const data = (await (await fetch('/page.json')).json()) as PageData;
const validators = (await import(/* @vite-ignore */ `${location.origin}/validators.js`)) as ValidatorModule;
const compiled = formFromStandalone(validators, data.schemas);

function Page() {
  const [set] = useState(
    () =>
      new FormSet({
        forms: data.forms.map(({ id, editable, notes }) => ({
          form: compiled[id]!,
          values: data.values[id] ?? {},
          editable: editable ?? null,
          ...(notes ? { notes } : {}),
        })),
        context: { forms: data.values, settings: data.settings, ...(data.tables ? { tables: data.tables } : {}) },
      }),
  );
  const [pressed, press] = useState(0);
  const [sent, send] = useState('');
  useFormSet(set);
  Object.assign(window, { formSet: set });
  return (
    <div className="page">
      <h1>录入信息</h1>
      <ErrorSummary complaints={set.complaints()} focus={pressed} />
      {set.stores.map((store) => (
        <div className="panel" key={store.id}>
          <FormView
            store={store}
            services={services}
            others={() => set.forms()}
            titleOfForm={(id) => data.schemas[id]?.title ?? id}
          />
        </div>
      ))}
      {data.read?.map((id) => (
        <ReadView
          key={id}
          schema={data.schemas[id]!}
          values={data.values[id] ?? {}}
          services={services}
          title={data.schemas[id]!.title}
          locked
        />
      ))}
      <p className="status">{set.stores.map((store) => `${store.id}:${store.whole().status}`).join(' ')}</p>
      <button
        type="button"
        className="btn primary next"
        onClick={() => {
          const { errors } = set.check();
          if (errors.length > 0) press(pressed + 1);
          else send(JSON.stringify(set.values()));
        }}
      >
        下一步
      </button>
      <output id="sent">{sent}</output>
    </div>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
