import { createHash } from 'node:crypto';
import type { CaseView } from '../../engine/contract/view.ts';
import { momentText } from '../../engine/forms/formats/date-time.ts';
import { display, fieldsOf, mask, seenBy } from '../../engine/forms/index.ts';
import { groupedNumber } from '../../engine/index.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { recordSchema } from '../../engine/run/record-schema.ts';
import type { Context } from '../context.ts';
import type { Pack, PackRow, PackSection } from '../evidence/pack.ts';
import { Fault, notFound } from '../fault.ts';
import type { StoredFile } from '../files/vault.ts';
import { isObject } from '../json.ts';
import type { Caller } from '../policies/case-access.ts';
import { APPLICANT } from '../policies/roles.ts';
import { writeDown } from './audit.ts';
import { picturesOf, titleOf } from './evidence-pictures.ts';
import { type OpenedCase, openCase } from './open-case.ts';

const MOST_REASON = 200;
const TITLE = '业务单证据包';

/**
 * The evidence pack of a case: its data, documents with their hashes and pictures, proofs, conversation and journal, as its maker may see
 * them: what is masked for their role stays masked, what is not for their role is not in it. It is written down who had it made and why
 * before it is made.
 * @throws Fault not-found, reason-needed
 */
export async function makeEvidencePack(
  context: Context,
  caller: Caller,
  id: string,
  reason: string,
): Promise<{ readonly pack: Pack; readonly number: string }> {
  const opened = await openCase(context, caller, id);
  const { document, actor } = opened;
  const { person } = caller;
  if (!person || actor.id === document.state.owner || actor.via !== undefined) throw notFound();
  const why = reason.trim().slice(0, MOST_REASON);
  if (why === '') throw new Fault(422, 'reason-needed');
  await writeDown(context, { person: actor.id, caseId: id, action: 'evidence', path: '', reason: why });

  const at = context.clock.now();
  const view = context.engine.view(
    opened.definition,
    document.state,
    actor,
    document.journal,
    context.cases.env(),
    document.notices,
  );
  const files = await filesOf(context, opened);
  const sections = [
    ...forms(opened),
    filesSection(opened, files),
    proofs(view),
    checks(view),
    ...records(opened),
    talk(opened),
    journal(view, await namesIn(context, opened)),
  ];
  const digest = createHash('sha256')
    .update(
      JSON.stringify([document.state.number, document.state.revision, sections, files.map(({ sha256 }) => sha256)]),
    )
    .digest('hex');
  const { number, release, revision, createdAt } = document.state;
  const head: PackRow[] = [
    { label: '业务单号', text: groupedNumber(number) },
    { label: '业务', text: `${view.workflow.title}，${view.project.title}` },
    { label: '主题', text: view.subject },
    { label: '状态', text: view.status.label },
    { label: '创建时间', text: momentText(new Date(createdAt).toISOString()) },
    { label: '流程版本', text: `${release.slice(0, 16)}，业务单第 ${revision} 步` },
    { label: '制作人', text: person.name },
    { label: '制作时间', text: momentText(new Date(at).toISOString()) },
    { label: '用途', text: why },
    { label: '内容校验码', text: digest },
  ];
  const pictures = await picturesOf(context, opened, files);
  const pack = { title: TITLE, caseNumber: number, author: view.project.title, head, sections, pictures, digest };
  return { pack, number };
}

function rowsOf(schema: FormSchema, values: JsonObject): readonly PackRow[] {
  return fieldsOf(schema).flatMap((field) => {
    if (field.secret !== null || field.file !== null || field.kind === 'qr') return [];
    const value = values[field.name];
    const text = value === null && field.sensitive ? '****' : display(field, value);
    return text === '' ? [] : [{ label: field.title, text }];
  });
}

function forms({ definition, document, actor }: OpenedCase): readonly PackSection[] {
  return Object.entries(document.state.forms).flatMap(([form, values]): PackSection[] => {
    const schema = definition.forms[form];
    if (!schema) return [];
    const rows = rowsOf(schema, mask(schema, seenBy(schema, values, actor.roles)));
    return rows.length === 0 ? [] : [{ kind: 'rows', title: schema.title, rows }];
  });
}

/** The files that the committed forms refer to and that this viewer's roles may see, in the order of the forms. */
async function filesOf(context: Context, { definition, document, actor }: OpenedCase): Promise<readonly StoredFile[]> {
  const found: StoredFile[] = [];
  for (const [form, values] of Object.entries(document.state.forms)) {
    const schema = definition.forms[form];
    for (const value of schema ? Object.values(seenBy(schema, values, actor.roles)) : []) {
      if (!isObject(value) || typeof value.id !== 'string' || typeof value.sha256 !== 'string') continue;
      const file = await context.vault.find(document.state.id, value.id);
      if (file && !found.some((one) => one.id === file.id)) found.push(file);
    }
  }
  return found;
}

function filesSection(opened: OpenedCase, files: readonly StoredFile[]): PackSection {
  return {
    kind: 'table',
    title: '文件',
    columns: [
      { title: '文件', share: 3 },
      { title: '类型和大小', share: 2 },
      { title: '上传时间', share: 2 },
      { title: 'SHA-256', share: 5 },
    ],
    rows: files.map((file) => [
      file.erasedAt === undefined ? titleOf(opened, file) : `${titleOf(opened, file)}（已按保存期限删除）`,
      `${file.type}，${Math.ceil(file.size / 1024)} KB`,
      momentText(new Date(file.at).toISOString()),
      file.sha256,
    ]),
    none: '没有文件。',
  };
}

function proofs({ facts }: CaseView): PackSection {
  return {
    kind: 'table',
    title: '证明',
    columns: [
      { title: '事项', share: 3 },
      { title: '证明时间', share: 2 },
    ],
    rows: facts.map(({ title, provenAt }) => [
      title,
      provenAt === null ? '未证明' : momentText(new Date(provenAt).toISOString()),
    ]),
    none: '没有要证明的事项。',
  };
}

function checks({ evidence = [] }: CaseView): PackSection {
  return {
    kind: 'table',
    title: '核验记录',
    columns: [
      { title: '时间', share: 2 },
      { title: '来源', share: 2 },
      { title: '核验和结果', share: 3 },
      { title: '编号和内容', share: 5 },
    ],
    rows: [...evidence]
      .reverse()
      .map((one) => [
        momentText(new Date(one.at).toISOString()),
        one.part.title,
        one.title,
        [
          ...one.details.map(({ title, text }) => `${title}：${text}`),
          ...(one.proved.length > 0 ? [`证明：${one.proved.join('、')}`] : []),
          ...(one.voided.length > 0 ? [`作废：${one.voided.join('、')}`] : []),
        ].join('；'),
      ]),
    none: '没有核验记录。',
  };
}

/** What people wrote into records: rejections, answers, notes. What came from outside stands among the checks. */
function records({ definition, document, actor }: OpenedCase): readonly PackSection[] {
  return Object.entries(document.state.records).flatMap(([name, entries]): PackSection[] => {
    const declared = definition.declared.records[name];
    const schema = recordSchema(definition, name);
    if (declared?.form === undefined || schema === null || entries.length === 0) return [];
    const rows = entries.map((entry) => [
      momentText(new Date(entry.at).toISOString()),
      [
        ...rowsOf(schema, mask(schema, seenBy(schema, entry.data, actor.roles))).map(
          ({ label, text }) => `${label}：${text}`,
        ),
        ...flagsOf(definition, entry.data),
      ].join('；'),
    ]);
    const columns = [
      { title: '时间', share: 2 },
      { title: '内容', share: 10 },
    ];
    return [{ kind: 'table', title: declared.title, columns, rows, none: '' }];
  });
}

/** Which fields were sent back, each with its reason. */
function flagsOf({ forms: all }: OpenedCase['definition'], data: JsonObject): readonly string[] {
  return (Array.isArray(data.flags) ? data.flags : []).flatMap((flag) => {
    if (!isObject(flag) || typeof flag.field !== 'string') return [];
    const [form = '', name = ''] = flag.field.split('.');
    const schema = all[form];
    const title = schema && fieldsOf(schema).find((field) => field.name === name)?.title;
    return [`${schema?.title ?? form} ${title ?? name}（${String(flag.reason ?? '')}）`];
  });
}

function talk({ document, definition }: OpenedCase): PackSection {
  return {
    kind: 'table',
    title: '留言',
    columns: [
      { title: '时间', share: 2 },
      { title: '岗位', share: 2 },
      { title: '内容', share: 8 },
    ],
    rows: (document.talk?.messages ?? []).map(({ at, role, text }) => [
      momentText(new Date(at).toISOString()),
      definition.roles[role]?.title ?? role,
      text,
    ]),
    none: '没有留言。',
  };
}

/** Names of the staff who acted, step by step as in the journal; empty for applicants and for what came from outside. */
async function namesIn(context: Context, { document, definition }: OpenedCase): Promise<readonly string[]> {
  const names = new Map<string, string>();
  const found: string[] = [];
  for (const { by, part } of document.journal) {
    const isStaff = definition.roles[part] !== undefined && part !== APPLICANT;
    if (isStaff && !names.has(by)) names.set(by, (await context.accounts.person(by))?.name ?? '');
    found.push(isStaff ? (names.get(by) ?? '') : '');
  }
  return found;
}

function journal({ timeline }: CaseView, names: readonly string[]): PackSection {
  return {
    kind: 'table',
    title: '办理经过',
    columns: [
      { title: '时间', share: 2 },
      { title: '经办', share: 2 },
      { title: '事项', share: 3 },
      { title: '结果', share: 5 },
    ],
    rows: [...timeline]
      .reverse()
      .map(({ at, part, title, details }, index) => [
        momentText(new Date(at).toISOString()),
        `${part.title} ${names[index] ?? ''}`.trim(),
        title,
        details.join('；'),
      ]),
    none: '没有经过。',
  };
}
