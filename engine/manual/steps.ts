import { transitionsOf } from '../compile/machine.ts';
import { durationWords } from '../compose/duration.ts';
import { labelOf } from '../explain/text.ts';
import { object } from '../forms/fields.ts';
import type { ChartState, Transition } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { chainOf } from '../run/configuration.ts';
import type { Block, Step } from './blocks.ts';
import { isAsked } from './fields.ts';
import type { Known } from './known.ts';
import type { Stop } from './way.ts';
import { article, entries, generalText, text } from './words.ts';

/** The stops as steps: what the person does stands for itself, what others do in between is one sentence. */
export function stepsOf(known: Known, stops: readonly Stop[], person: string): readonly Step[] {
  const steps: Step[] = [];
  const common = everywhere(known, stops, person);
  let waiting: string | null = null;
  for (const stop of stops) {
    const by = stop.task?.by ?? null;
    if (by === person) steps.push(personStep(known, stop, common));
    // What one role does one after the other is one wait.
    else if (by === null || by !== waiting) steps.push(...waitingSteps(known, stop));
    waiting = by;
  }
  const told: Step[] = [];
  for (const step of steps) {
    const last = told.at(-1);
    if (last !== undefined && isSame(step, last))
      told[told.length - 1] = { ...last, states: [...last.states, ...step.states] };
    else told.push(step);
  }
  return told;
}

/** Two states of one task read alike. */
function isSame(one: Step, other: Step): boolean {
  return one.title === other.title && one.lines.join('\n') === other.lines.join('\n');
}

/** Events that the person may send at each of their stops, by what stands around all of them: told once. */
export function everywhere(known: Known, stops: readonly Stop[], person: string): readonly string[] {
  const mine = stops.filter(({ task }) => task?.by === person);
  const [first, ...others] = mine.map(({ state }) => heardAt(known, state).map(([name]) => name));
  if (first === undefined || others.length < 2) return [];
  return first.filter(
    (name) => known.definition.declared.events[name]?.by === person && others.every((names) => names.includes(name)),
  );
}

function personStep(known: Known, { state, task }: Stop, common: readonly string[]): Step {
  const { definition } = known;
  const { content = null, documents = [], forms = [], shows = [] } = task ?? {};
  const told = article(definition, content);
  const titles = documents.map((id) => `《${text(definition.documents[id]?.title) || id}》`);
  const given = forms.filter((id) => isAsked(known, id)).map((id) => `“${definition.forms[id]?.title ?? id}”`);
  const heard = heardAt(known, state).filter(([name]) => !common.includes(name));
  const sent = buttonsOf(known, heard, task?.by ?? '');
  const dialogues = formsOf(known, heard, task?.by ?? '');
  const asked = dialogues.map((id) => `“${definition.forms[id]?.title ?? id}”`);
  const lines = [
    ...(text(told.lead) === '' ? [] : [generalText(known, text(told.lead))]),
    ...shownLines(known, shows),
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
    states: [state.address],
    forms: [...forms, ...dialogues],
    documents,
  };
}

/** What the page shows to be read: forms, results, amounts. */
function shownLines(known: Known, shows: readonly string[]): readonly string[] {
  const { definition } = known;
  const titles = shows.flatMap((shown) => {
    const [root = '', name = ''] = shown.split('.');
    if (root === 'last' || root === 'records') return definition.declared.records[name]?.title ?? [];
    if (root === 'tables') return definition.declared.tables[name]?.title ?? [];
    return root !== 'secrets' && isAsked(known, root) ? (definition.forms[root]?.title ?? []) : [];
  });
  return titles.length === 0 ? [] : [`页面显示：${[...new Set(titles)].map((title) => `“${title}”`).join('、')}`];
}

/** What others do before it goes on. A stop that only decides is not told. */
function waitingSteps(known: Known, { state, task }: Stop): readonly Step[] {
  const { definition } = known;
  if (task !== null) {
    const role = definition.roles[task.by]?.title ?? task.by;
    return [
      {
        title: `等待${role}：${task.title ?? state.title}`,
        lines: promisesAround(known, state),
        states: [state.address],
        forms: [],
        documents: [],
      },
    ];
  }
  if (state.call === null) return [];
  const { connector, operation } = state.call;
  const called = definition.connectors[connector];
  const title = `${called?.title ?? connector}：${called?.operations[operation]?.title ?? operation}`;
  const lines = [`系统自动办理，页面显示“${labelOf(definition, state.address)}”`];
  return [{ title, lines, states: [state.address], forms: [], documents: [] }];
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

/** What states inside hear: the task around them has those buttons too. */
function heardInside({ definition }: Known, { address }: ChartState): Heard {
  return Object.values(definition.chart.states)
    .filter((state) => state.address.startsWith(`${address}.`) && state.task === null)
    .flatMap(({ on }) => Object.entries(on));
}

type Heard = readonly (readonly [string, Transition])[];

/** Titles of the buttons among them that lead on. What an open page sends by itself is none. */
function buttonsOf({ definition }: Known, heard: Heard, role: string): readonly string[] {
  const { events, secrets } = definition.declared;
  const renewing = new Set(Object.values(secrets).flatMap((secret) => secret.renews ?? []));
  return heard.flatMap(([name, { branches }]) => {
    const event = events[name];
    if (event === undefined || event.by !== role || renewing.has(name)) return [];
    return branches.every((branch) => branch.refuse !== null) ? [] : [branches[0]?.title ?? event.title];
  });
}

/** Forms that the buttons among them open. */
function formsOf({ definition }: Known, heard: Heard, role: string): readonly string[] {
  const { events } = definition.declared;
  const ids = heard.flatMap(([name]) => {
    const event = events[name];
    return event?.by === role && event.form !== undefined ? [event.form] : [];
  });
  return [...new Set(ids)];
}

/** What can be done at every step, with what is asked then, and what each is refused by. */
export function commonLines(known: Known, common: readonly string[]): readonly string[] {
  const { definition } = known;
  return common.flatMap((name) => {
    const event = definition.declared.events[name];
    if (event === undefined) return [];
    const transition = Object.values(definition.chart.states).find((state) => state.on[name] !== undefined)?.on[name];
    const refusals = (transition?.branches ?? []).flatMap(({ refuse }) =>
      refuse === null ? [] : [generalText(known, refuse)],
    );
    const form = event.form === undefined ? '' : `，要填写“${definition.forms[event.form]?.title ?? event.form}”`;
    const confirm = event.confirm === undefined ? '' : `。${generalText(known, event.confirm)}`;
    const not = refusals.length === 0 ? '' : `（不能办理时会说明：${refusals.join('；')}）`;
    return [`“${event.title}”${form}${not}${confirm}`];
  });
}

/** Forms that are asked for at every step. */
export function commonForms(known: Known, common: readonly string[]): readonly string[] {
  return common.flatMap((name) => known.definition.declared.events[name]?.form ?? []);
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
export function accidents(known: Known, stops: readonly Stop[], common: readonly string[]): readonly Block[] {
  const states = new Map<string, string[]>();
  for (const stop of stops) {
    const line = accidentOf(known, stop, common);
    states.set(line, [...(states.get(line) ?? []), stop.state.address]);
  }
  if (states.size === 0) return [];
  return [{ kind: 'bullets', lines: [...states.keys()], states: [...states.values()] }];
}

function accidentOf(known: Known, stop: Stop, common: readonly string[]): string {
  const { state, task } = stop;
  const label = labelOf(known.definition, state.address);
  const heard = [...heardAt(known, state), ...heardInside(known, state)].filter(([name]) => !common.includes(name));
  const sent = [...new Set(buttonsOf(known, heard, task?.by ?? ''))];
  const title = task?.title ?? '';
  const what = [
    title === label ? '' : title,
    sent.length === 0 ? '' : `可以选${sent.map((each) => `“${each}”`).join('、')}`,
  ];
  return `**${label}**：${what.filter((part) => part !== '').join('，')}`;
}

/** Messages to phones, as they are sent; those that no state of the project sends are left out. */
export function messages(known: Known): readonly string[] {
  const sent = noticesOf(known.definition);
  return Object.entries(known.definition.declared.notices).flatMap(([name, notice]) =>
    notice.by === 'sms' && sent.has(name) ? [generalText(known, notice.text)] : [],
  );
}

/** Notices that some state or branch of the effective chart sends. */
export function noticesOf({ chart }: Definition): ReadonlySet<string> {
  return new Set(
    Object.values(chart.states).flatMap((state) => [
      ...state.enter.notify,
      ...state.remind.map(({ notice }) => notice),
      ...transitionsOf(state).flatMap(({ branches }) => branches.flatMap(({ words }) => words.notify)),
    ]),
  );
}

export function guideSteps(known: Known, guide: JsonObject): readonly string[] {
  return entries(guide.steps).map((entry) => {
    const { title, text: words } = object(entry);
    return `${text(title)}：${generalText(known, text(words))}`;
  });
}
