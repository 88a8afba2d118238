import { delayWords, durationWords, parseDuration } from '../compose/duration.ts';
import { fieldAt, labelOf } from '../explain/text.ts';
import { list, object } from '../forms/fields.ts';
import { display, offered } from '../forms/index.ts';
import type { Branch } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json } from '../model/json.ts';
import { formOf } from '../run/forms.ts';
import { type Block, table } from './blocks.ts';
import type { Known } from './known.ts';
import { noticesOf } from './steps.ts';

/** Settings that are times or numbers, by the title that their schema gives them. */
export function settingLimits({ definition }: Known): readonly Block[] {
  const used = usedSettings(definition);
  const rows = Object.entries(object(definition.settingsSchema.properties)).flatMap(([name, schema]) => {
    const words = limitWords(definition.settings[name]);
    const { title, 'x-widget': widget, 'x-unit': unit } = object(schema);
    if (words === null || widget === 'money' || !used.has(name)) return [];
    return [[String(title ?? name), typeof unit === 'string' ? `${words} ${unit}` : words]];
  });
  return table(['规则', '限制'], rows);
}

/** Settings that something of the effective definition still asks: where the project closed a way, its limits are gone with it. */
function usedSettings(definition: Definition): ReadonlySet<string> {
  const { chart, declared, forms } = definition;
  const sent = noticesOf(definition);
  const notices = Object.entries(declared.notices).filter(([name]) => sent.has(name));
  const text = JSON.stringify([chart, { ...declared, notices }, forms]);
  const named = [...text.matchAll(/\bsettings\.(\w+)/g)].map((match) => match[1] ?? '');
  // A time that is promised stands in the chart as it is, without the setting that gave it.
  const promises = new Set(
    Object.values(chart.states).flatMap(({ promise }) => (promise === null ? [] : durationWords(promise))),
  );
  const promised = Object.keys(definition.settings).filter((name) =>
    promises.has(limitWords(definition.settings[name]) ?? ''),
  );
  return new Set([...named, ...promised]);
}

function limitWords(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const words = value.map((each) => (typeof each === 'string' ? limitWords(each) : null));
    return words.length === 0 || words.includes(null) ? null : words.join('、');
  }
  const duration = typeof value === 'string' ? parseDuration(value) : null;
  return duration === null ? null : durationWords(duration);
}

/** What happens when time runs out, for each word that the person reads. */
export function deadlines({ definition }: Known): readonly Block[] {
  const rows = new Map<string, readonly string[]>();
  for (const state of Object.values(definition.chart.states)) {
    for (const { duration, transition } of state.after) {
      const last = transition.branches.findLast((branch) => branch.refuse === null && branch.to.kind !== 'here');
      if (last === undefined) continue;
      const row = [state.label ?? state.title, delayWords(duration), targetWords(definition, last)];
      rows.set(row.join('|'), row);
    }
  }
  return table(['状态', '最长停留', '到期后'], [...rows.values()]);
}

/** A state that only decides stands for where it leads. */
function targetWords(definition: Definition, { to }: Branch): string {
  if (to.kind !== 'state') return '继续办理';
  const state = definition.chart.states[to.address];
  if (state?.when == null || state.task !== null || state.call !== null || state.children.length > 0)
    return labelOf(definition, to.address);
  const words = state.when.branches.map((branch) => targetWords(definition, branch));
  return [...new Set(words)].join('，或者');
}

/** Decision tables of amounts, as a list of what each choice costs. */
export function fees(known: Known): readonly Block[] {
  const { definition } = known;
  const parts: Block[] = [];
  for (const [name, { title, by, is }] of Object.entries(definition.declared.tables)) {
    const target = Object.keys(definition.forms)
      .flatMap((id) => formOf(definition, id)?.fields ?? [])
      .find((field) => field.kind === 'money' && field.compute?.text === `tables.${name}`);
    const fields = by.map((text) => fieldAt(definition, text.split('.')));
    if (target === undefined || fields.some((field) => field === null)) continue;
    const leaves = typeof is === 'string' ? settingAt(definition, is) : is;
    const rows = combinations(
      fields.map((field) => (field === null ? [] : offered(field, { settings: definition.settings, forms: {} }))),
    ).flatMap((chosen) => {
      let value: Json | undefined = leaves;
      for (const option of chosen) value = object(value)[String(option.value)] ?? object(value).else;
      return typeof value === 'number' ? [[...chosen.map((option) => option.label), display(target, value)]] : [];
    });
    parts.push(...table([...fields.map((field) => field?.title ?? ''), title], rows));
  }
  return parts;
}

function settingAt(definition: Definition, text: string): Json | undefined {
  return definition.settings[text.replace(/^settings\./, '')];
}

function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (all, options) => all.flatMap((chosen) => list(options as never).map((option) => [...chosen, option as T])),
    [[]],
  );
}
