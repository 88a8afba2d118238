import { object } from '../forms/fields.ts';
import { offered } from '../forms/index.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { formOf } from '../run/forms.ts';
import { documentChapter } from './documents.ts';
import { formChapter } from './fields.ts';
import { type Known, knownOf } from './known.ts';
import { deadlines, fees, settingLimits } from './limits.ts';
import { bullets } from './markdown.ts';
import { statuses } from './statuses.ts';
import { accidents, commonForms, commonLines, everywhere, guideSteps, messages, type Step, stepsOf } from './steps.ts';
import { otherTasks, personOf, stopsOf } from './way.ts';
import { article, entries, generalText, text } from './words.ts';

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/**
 * A project's operation manual as Markdown: purpose, scope, steps, fields, limits, questions, support. It says what the
 * effective workflow does and what the forms ask for under the project's settings; all further words are the content's.
 */
export function manual(definition: Definition): string {
  const known = knownOf(definition);
  const stops = stopsOf(definition);
  const person = personOf(stops) ?? '';
  const steps = stepsOf(known, stops, person);
  const common = everywhere(known, stops, person);
  const forms = [...new Set([...steps.flatMap((step) => step.forms), ...commonForms(known, common)])];
  const documents = [...new Set(steps.flatMap((step) => step.documents))];
  const others = otherTasks(definition, stops, person);
  // What is read before anything is filled in tells what to prepare.
  const guide = article(definition, stops.find(({ task }) => task !== null)?.task?.content ?? null);
  const chapters: readonly (readonly [string, string])[] = [
    ['编写目的', purpose(known)],
    ['适用范围', scope(known, forms, guide)],
    [
      `${definition.workflow.title}操作步骤`,
      operation(known, guide, steps, [
        ['每一步都可以', bullets(commonLines(known, common))],
        ['可能遇到的其他情况', others.length === 0 ? '' : accidents(known, others, common)],
        ['业务单的状态', statuses(known, person)],
      ]),
    ],
    ['填写内容', fieldChapters(known, forms, documents)],
    ['期限、次数和费用', limits(known)],
    ['常见问题', questions(known)],
    ['客户服务支持', support(known)],
  ];
  const shown = chapters.filter(([, body]) => body !== '');
  const head = `# ${definition.project.title}\n\n${definition.workflow.title}操作手册`;
  const body = shown.map(([title, words], index) => `## ${numeral(index + 1)}、${title}\n\n${words}`);
  return `${[head, ...body].join('\n\n')}\n`;
}

function purpose(known: Known): string {
  const { definition } = known;
  const own = text(article(definition, 'manual').purpose);
  if (own !== '') return generalText(known, own);
  const { project, workflow } = definition;
  return `本手册介绍“${project.title}”${workflow.title}的适用范围、操作步骤、填写要求、期限、常见问题和客户服务支持，帮助您一次办好。`;
}

/** For whom, and what the project's settings let one choose. */
function scope(known: Known, forms: readonly string[], guide: JsonObject): string {
  const { definition } = known;
  const lines = [`${definition.project.title}用户`];
  for (const id of forms) {
    for (const field of formOf(definition, id)?.fields ?? []) {
      if (field.options?.kind !== 'from') continue;
      const options = offered(field, { settings: definition.settings, forms: known.fixed });
      if (options.length > 0) lines.push(`${field.title}：${options.map((option) => option.label).join('、')}`);
    }
  }
  for (const entry of entries(guide.facts)) {
    const { label, value } = object(entry);
    lines.push(`${text(label)}：${generalText(known, text(value))}`);
  }
  return bullets(lines);
}

type Section = readonly [string, string];

function operation(known: Known, guide: JsonObject, steps: readonly Step[], beside: readonly Section[]): string {
  const { definition } = known;
  const entrance = entries(article(definition, 'manual').entrance).map((line) => generalText(known, text(line)));
  const tips = entries(article(definition, 'manual').tips).map((line) => generalText(known, text(line)));
  const prepare = object(guide.prepare);
  const overview = guideSteps(known, guide);
  const sent = messages(known);
  const sections: readonly Section[] = [
    [text(prepare.title) || '请先准备', bullets(entries(prepare.items).map((item) => generalText(known, text(item))))],
    ['流程概览', numbered(overview)],
    ['怎样进入', numbered(entrance)],
    ['申请操作指引', guided(steps)],
    ['上传和查看资料', bullets(tips)],
    ...beside,
    ['您会收到的短信', bullets(sent)],
  ];
  return numberedSections(sections);
}

function guided(steps: readonly Step[]): string {
  return steps
    .map(({ title, lines }, index) => {
      const body = lines.length === 0 ? '' : `\n\n${bullets(lines)}`;
      return `**${index + 1}. ${title}**${body}`;
    })
    .join('\n\n');
}

function fieldChapters(known: Known, forms: readonly string[], documents: readonly string[]): string {
  const printed = documents.map(
    (id): Section => [`打印的《${text(known.definition.documents[id]?.title) || id}》`, documentChapter(known, id)],
  );
  return numberedSections([
    ...forms.map((id): Section => {
      const help = object(article(known.definition, 'help')[id]);
      const beside =
        text(help.text) === '' ? '' : `\n\n> **${text(help.title)}** ${generalText(known, text(help.text))}`;
      const chapter = formChapter(known, id);
      return [known.definition.forms[id]?.title ?? id, chapter === null ? '' : `${chapter}${beside}`];
    }),
    ...printed,
  ]);
}

function limits(known: Known): string {
  return numberedSections([
    ['费用', fees(known) ?? ''],
    ['期限和次数', settingLimits(known) ?? ''],
    ['到期后怎样', deadlines(known) ?? ''],
  ]);
}

function questions(known: Known): string {
  return numberedSections(
    entries(article(known.definition, 'faq').items).map((entry) => {
      const { question, answer } = object(entry);
      return [text(question), generalText(known, text(answer))];
    }),
  );
}

function support(known: Known): string {
  const { hotline, hours, website, accounts } = object(article(known.definition, 'hall').support);
  const lines = [
    ['官方网址', text(website)],
    ['客户服务热线', text(hotline)],
    ['服务时间', text(hours)],
    ['公众号', entries(accounts).map(text).join('；')],
  ].filter(([, value]) => value !== '');
  return bullets(lines.map(([title, value]) => `${title}：${value}`));
}

function numberedSections(sections: readonly (readonly [string, string])[]): string {
  return sections
    .filter(([, body]) => body !== '')
    .map(([title, body], index) => `### （${numeral(index + 1)}）${title}\n\n${body}`)
    .join('\n\n');
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}

/** 1 to 99 as chapters are counted. */
function numeral(count: number): string {
  const tens = Math.floor(count / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${ten}${digits[count % 10]}`;
}
