import { object } from '../forms/fields.ts';
import { offered } from '../forms/index.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { formOf } from '../run/forms.ts';
import { type Block, bullets, type Chapter, type Manual, numbered, type Section, type Step, words } from './blocks.ts';
import { documentChapter } from './documents.ts';
import { formChapter } from './fields.ts';
import { type Known, knownOf } from './known.ts';
import { deadlines, fees, settingLimits } from './limits.ts';
import { markdownOf } from './markdown.ts';
import { statuses } from './statuses.ts';
import { accidents, commonForms, commonLines, everywhere, guideSteps, messages, stepsOf } from './steps.ts';
import { otherTasks, personOf, stopsOf } from './way.ts';
import { article, entries, generalText, text } from './words.ts';

/**
 * A project's operation manual: purpose, scope, steps, fields, limits, questions, support. It says what the effective
 * workflow does and what the forms ask for under the project's settings; all further words are the content's.
 */
export function manualOf(definition: Definition): Manual {
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
  const chapters: readonly Chapter[] = [
    { title: '编写目的', blocks: purpose(known), sections: [] },
    { title: '适用范围', blocks: scope(known, forms, guide), sections: [] },
    {
      title: `${definition.workflow.title}操作步骤`,
      blocks: [],
      sections: operation(known, guide, steps, [
        section('common', '每一步都可以', bullets(commonLines(known, common))),
        section('accidents', '可能遇到的其他情况', accidents(known, others, common)),
        section('statuses', '业务单的状态', statuses(known, person)),
      ]),
    },
    { title: '填写内容', blocks: [], sections: fieldChapters(known, forms, documents) },
    { title: '期限、次数和费用', blocks: [], sections: limits(known) },
    { title: '常见问题', blocks: [], sections: questions(known) },
    { title: '客户服务支持', blocks: support(known), sections: [] },
  ];
  return {
    project: definition.project.id,
    title: definition.project.title,
    subtitle: `${definition.workflow.title}操作手册`,
    chapters: chapters
      .map((chapter) => ({ ...chapter, sections: chapter.sections.filter(({ blocks }) => blocks.length > 0) }))
      .filter(({ blocks, sections }) => blocks.length + sections.length > 0),
  };
}

/** The same as Markdown. */
export function manual(definition: Definition): string {
  return markdownOf(manualOf(definition));
}

function section(id: string, title: string, blocks: readonly Block[]): Section {
  return { id, title, blocks };
}

function purpose(known: Known): readonly Block[] {
  const { definition } = known;
  const own = text(article(definition, 'manual').purpose);
  if (own !== '') return words(generalText(known, own));
  const { project, workflow } = definition;
  return words(
    `本手册介绍“${project.title}”${workflow.title}的适用范围、操作步骤、填写要求、期限、常见问题和客户服务支持，帮助您一次办好。`,
  );
}

/** For whom, and what the project's settings let one choose. */
function scope(known: Known, forms: readonly string[], guide: JsonObject): readonly Block[] {
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

function operation(
  known: Known,
  guide: JsonObject,
  steps: readonly Step[],
  beside: readonly Section[],
): readonly Section[] {
  const { definition } = known;
  const own = article(definition, 'manual');
  const said = (lines: Json | undefined) => entries(lines).map((line) => generalText(known, text(line)));
  const prepare = object(guide.prepare);
  const entrance = said(own.entrance);
  return [
    section('prepare', text(prepare.title) || '请先准备', bullets(said(prepare.items))),
    section('overview', '流程概览', numbered(guideSteps(known, guide))),
    section('entrance', '怎样进入', numbered(entrance.length > 0 ? entrance : entranceOf(definition))),
    section('guide', '申请操作指引', steps.length === 0 ? [] : [{ kind: 'steps', steps }]),
    section('uploads', '上传和查看资料', bullets(said(own.tips))),
    ...beside,
    section('messages', '您会收到的短信', bullets(messages(known))),
  ];
}

/** Every project has a page of its own with one button. */
function entranceOf({ project, workflow }: Definition): readonly string[] {
  return [
    `打开网上营业厅，进入“${project.title}”的页面`,
    '用账号和密码登录；首次登录需要注册',
    `登录后点击“开始办理”，开始${workflow.title}`,
  ];
}

function fieldChapters(known: Known, forms: readonly string[], documents: readonly string[]): readonly Section[] {
  const { definition } = known;
  return [
    ...forms.map((id) => {
      const { title, text: help } = object(article(definition, 'help')[id]);
      const beside: readonly Block[] =
        text(help) === '' ? [] : [{ kind: 'note', title: text(title), text: generalText(known, text(help)) }];
      const chapter = formChapter(known, id);
      return section(`form ${id}`, definition.forms[id]?.title ?? id, chapter === null ? [] : [...chapter, ...beside]);
    }),
    ...documents.map((id) =>
      section(`document ${id}`, `打印的《${text(definition.documents[id]?.title) || id}》`, documentChapter(known, id)),
    ),
  ];
}

function limits(known: Known): readonly Section[] {
  return [
    section('fees', '费用', fees(known)),
    section('limits', '期限和次数', settingLimits(known)),
    section('deadlines', '到期后怎样', deadlines(known)),
  ];
}

function questions(known: Known): readonly Section[] {
  return entries(article(known.definition, 'faq').items).map((entry, index) => {
    const { question, answer, shows } = object(entry);
    const asked = section(`question ${index + 1}`, text(question), words(generalText(known, text(answer))));
    // A process that shares the questions need not have the state.
    const states = known.definition.chart.states[text(shows)] === undefined ? [] : [text(shows)];
    return states.length === 0 ? asked : { ...asked, states };
  });
}

function support(known: Known): readonly Block[] {
  const { hotline, hours, website, accounts } = object(article(known.definition, 'hall').support);
  const lines = [
    ['官方网址', text(website)],
    ['客户服务热线', text(hotline)],
    ['服务时间', text(hours)],
    ['公众号', entries(accounts).map(text).join('；')],
  ].filter(([, value]) => value !== '');
  return bullets(lines.map(([title, value]) => `${title}：${value}`));
}
