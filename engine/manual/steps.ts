import { durationWords } from '../compose/duration.ts';
import { labelOf } from '../explain/text.ts';
import { object } from '../forms/fields.ts';
import type { ChartState, Transition } from '../model/composed.ts';
import type { JsonObject } from '../model/json.ts';
import { chainOf } from '../run/configuration.ts';
import { isAsked } from './fields.ts';
import type { Known } from './known.ts';
import { bullets } from './markdown.ts';
import type { Stop } from './way.ts';
import { article, entries, generalText, text } from './words.ts';

/** One step of the usual way, for the person whose business it is. */
export interface Step {
  readonly title: string;
  readonly lines: readonly string[];
  /** Forms that are filled in. */
  readonly forms: readonly string[];
}

/** The stops as steps: what the person does stands for itself, what others do in between is one sentence. */
export function stepsOf(known: Known, stops: readonly Stop[], person: string): readonly Step[] {
  const steps: Step[] = [];
  let waiting: string | null = null;
  for (const stop of stops) {
    const by = stop.task?.by ?? null;
    if (by === person) steps.push(personStep(known, stop));
    // What one role does one after the other is one wait.
    else if (by === null || by !== waiting) steps.push(...waitingSteps(known, stop));
    waiting = by;
  }
  return steps;
}

function personStep(known: Known, { state, task }: Stop): Step {
  const { definition } = known;
  const { content = null, documents = [], forms = [] } = task ?? {};
  const told = article(definition, content);
  const titles = documents.map((id) => `《${text(definition.documents[id]?.title) || id}》`);
  const given = forms.filter((id) => isAsked(known, id)).map((id) => `“${definition.forms[id]?.title ?? id}”`);
  const sent = buttons(known, state, task?.by ?? '');
  const asked = formsOf(known, state, task?.by ?? '').map((id) => `“${definition.forms[id]?.title ?? id}”`);
  const lines = [
    ...(text(told.lead) === '' ? [] : [generalText(known, text(told.lead))]),
    ...(titles.length === 0 ? [] : [`可以打印：${titles.join('、')}`]),
    ...(given.length === 0 ? [] : [`填写${given.join('、')}（各栏目的要求见下一章）`]),
    ...(asked.length === 0 ? [] : [`还要填写${asked.join('、')}`]),
    ...(sent.length === 0 ? [] : [`按钮：${sent.map((title) => `“${title}”`).join('、')}`]),
    ...entries(told.notes).map((note) => generalText(known, text(note))),
    ...promiseLines(state),
  ];
  return {
    title: task?.title ?? labelOf(definition, state.address),
    lines,
    forms: [...forms, ...formsOf(known, state, task?.by ?? '')],
  };
}

/** What others do before it goes on. A stop that only decides is not told. */
function waitingSteps(known: Known, { state, task }: Stop): readonly Step[] {
  const { definition } = known;
  if (task !== null) {
    const role = definition.roles[task.by]?.title ?? task.by;
    return [{ title: `等待${role}：${task.title ?? state.title}`, lines: promisesAround(known, state), forms: [] }];
  }
  if (state.call === null) return [];
  const { connector, operation } = state.call;
  const called = definition.connectors[connector];
  const title = `${called?.title ?? connector}：${called?.operations[operation]?.title ?? operation}`;
  return [{ title, lines: [`系统自动办理，页面显示“${labelOf(definition, state.address)}”`], forms: [] }];
}

/** What is heard at a stop: by its state, and by those around it as far as the one that has its task. */
function heardAt(known: Known, state: ChartState): readonly (readonly [string, Transition])[] {
  const heard = new Map<string, Transition>();
  for (const address of chainOf(state.address).toReversed()) {
    const around = known.definition.chart.states[address];
    if (around === undefined) break;
    // What is nearer decides.
    for (const [name, transition] of Object.entries(around.on)) if (!heard.has(name)) heard.set(name, transition);
    if (around.task !== null) return [...heard];
  }
  return Object.entries(state.on);
}

/** Titles of the buttons that lead on from here. */
function buttons(known: Known, state: ChartState, role: string): readonly string[] {
  const { events } = known.definition.declared;
  return heardAt(known, state).flatMap(([name, { branches }]) => {
    const event = events[name];
    if (event === undefined || event.by !== role) return [];
    return branches.every((branch) => branch.refuse !== null) ? [] : [branches[0]?.title ?? event.title];
  });
}

/** Forms that a button opens. */
function formsOf(known: Known, state: ChartState, role: string): readonly string[] {
  const { events } = known.definition.declared;
  const ids = heardAt(known, state).flatMap(([name]) => {
    const event = events[name];
    return event?.by === role && event.form !== undefined ? [event.form] : [];
  });
  return [...new Set(ids)];
}

function promiseLines(state: ChartState): readonly string[] {
  return state.promise === null ? [] : [`承诺时间：${durationWords(state.promise)}内`];
}

function promisesAround(known: Known, state: ChartState): readonly string[] {
  return chainOf(state.address)
    .map((address) => known.definition.chart.states[address])
    .flatMap((around) => (around === undefined ? [] : promiseLines(around)));
}

/** What may happen beside the usual way: where the person is asked for something else. */
export function accidents(known: Known, stops: readonly Stop[]): string {
  const lines = stops.map(({ state, task }) => {
    const label = labelOf(known.definition, state.address);
    const sent = buttons(known, state, task?.by ?? '');
    const title = task?.title ?? '';
    const what = [
      title === label ? '' : title,
      sent.length === 0 ? '' : `可以选${sent.map((each) => `“${each}”`).join('、')}`,
    ];
    return `**${label}**：${what.filter((part) => part !== '').join('，')}`;
  });
  return bullets(lines);
}

/** Messages to phones, as they are sent. */
export function messages(known: Known): readonly string[] {
  return Object.values(known.definition.declared.notices).flatMap((notice) =>
    notice.by === 'sms' ? [generalText(known, notice.text)] : [],
  );
}

export function guideSteps(known: Known, guide: JsonObject): readonly string[] {
  return entries(guide.steps).map((entry) => {
    const { title, text: words } = object(entry);
    return `${text(title)}：${generalText(known, text(words))}`;
  });
}
