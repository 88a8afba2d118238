import type { Composition } from '../compose/index.ts';
import { isOffered, optionsOf } from '../compose/options.ts';
import { contentOrigin } from '../compose/places.ts';
import { parseText } from '../compose/text.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { entries, get, issueAt, type Node, plain } from '../read/index.ts';
import { type Rule, valueAt } from './rule.ts';
import { transitions } from './walk.ts';

/**
 * A text that the project can show names no stage, state or option that the project does not have: by reference, which
 * is an error, or in plain words, which is a warning.
 */
export const absent: Rule = {
  id: 'absent',
  last: true,
  check(composition) {
    const issues: Issue[] = [];
    const words = wordsOf(composition);
    const stages = stagesOf(composition);
    for (const shown of shownTexts(composition)) {
      checkPlaces(composition, stages, shown, issues);
      checkWords(composition, words, shown, issues);
    }
    return issues;
  },
};

interface Shown {
  readonly text: string;
  readonly origin: Origin;
  readonly path: string;
}

interface Words {
  /** The project's own words, longest first: a longer one may hold an absent one. */
  readonly present: readonly string[];
  readonly missing: readonly (readonly [word: string, name: string])[];
}

function checkPlaces(
  composition: Composition,
  stages: ReadonlySet<string | null>,
  shown: Shown,
  issues: Issue[],
): void {
  const { chart, settings, project } = composition.composed;
  for (const part of parseText(shown.text)) {
    if (part.kind === 'words') continue;
    const { place } = part;
    const there =
      place.kind === 'stage'
        ? !Object.hasOwn(composition.declared.stages, place.id) || stages.has(place.id)
        : place.kind === 'label'
          ? place.address in chart.states || !(place.address in composition.written.states)
          : place.kind !== 'option' || isOffered(settings, place.setting, place.value);
    if (there) continue;
    const at = { ...shown.origin, column: shown.origin.column + part.start };
    issues.push(issueAt(at, 'text-absent', { name: part.source, project: project.id }, { path: shown.path }));
  }
}

function checkWords(composition: Composition, words: Words, shown: Shown, issues: Issue[]): void {
  if (!words.missing.some(([word]) => shown.text.includes(word))) return;
  const { project } = composition.composed;
  const rest = words.present.reduce((text, word) => text.replaceAll(word, '\u0000'.repeat(word.length)), shown.text);
  for (const [word, name] of words.missing) {
    const found = rest.indexOf(word);
    if (found < 0) continue;
    const at = { ...shown.origin, column: shown.origin.column + found };
    const params = { word, name, project: project.id };
    issues.push(issueAt(at, 'text-names-absent', params, { path: shown.path, severity: 'warning' }));
  }
}

/** Stages that some state of the project stands in. */
function stagesOf(composition: Composition): ReadonlySet<string | null> {
  return new Set(Object.values(composition.composed.chart.states).map((state) => state.stage));
}

function wordsOf(composition: Composition): Words {
  const { settings, settingsSchema } = composition.composed;
  const present: string[] = [];
  const missing: [string, string][] = [];
  const sort = (word: string, there: boolean, name: string) => {
    if (there) present.push(word);
    else if (word.length > 1) missing.push([word, name]);
  };
  for (const setting of Object.keys(settings))
    for (const [value, word] of Object.entries(optionsOf(settingsSchema, setting)))
      if (word !== value) sort(word, isOffered(settings, setting, value), `option.${setting}.${value}`);
  const stages = stagesOf(composition);
  for (const [id, word] of Object.entries(composition.declared.stages)) sort(word, stages.has(id), `stage.${id}`);
  const known = new Set(present);
  return {
    present: present.sort((one, two) => two.length - one.length),
    missing: missing.filter(([word]) => !known.has(word)),
  };
}

/** Texts that somebody can come to see in this project: of the effective chart, not of what it folded away. */
function shownTexts(composition: Composition): Shown[] {
  const { chart, declared } = composition.composed;
  const shown: Shown[] = [];
  const add = (text: string | null | undefined, at: string) => {
    if (text != null) shown.push({ text, origin: valueAt(composition, at), path: at.replace(':', '.') });
  };
  const sent = new Set<string>();
  for (const { transition } of transitions(chart))
    for (const branch of transition.branches) {
      add(branch.refuse, `${branch.address}:refuse`);
      for (const notice of branch.words.notify) sent.add(notice);
    }
  for (const state of Object.values(chart.states)) {
    if (composition.places.has(`${state.address}.label`)) add(state.label, `${state.address}.label`);
    add(state.task?.title, `${state.address}.task.title`);
    for (const notice of [...state.enter.notify, ...state.remind.map((one) => one.notice)]) sent.add(notice);
  }
  for (const notice of sent)
    for (const part of ['text', 'inbox'] as const) add(declared.notices[notice]?.[part], `notices.${notice}.${part}`);
  for (const [id, event] of Object.entries(declared.events)) add(event.confirm, `events.${id}.confirm`);
  return [...shown, ...articles(composition)];
}

/** Articles that tasks show, and the help beside the forms that are filled in. */
function articles(composition: Composition): Shown[] {
  const states = Object.values(composition.composed.chart.states);
  const kinds = new Set(states.flatMap((state) => state.task?.content ?? []));
  const forms = new Set(states.flatMap((state) => state.task?.forms ?? []));
  for (const event of Object.values(composition.composed.declared.events))
    if (event.form !== undefined) forms.add(event.form);
  const shown: Shown[] = [];
  const visit = (node: Node, path: string) => {
    if (node.kind === 'scalar') shown.push({ text: String(plain(node)), origin: contentOrigin(node), path });
    else if (node.kind === 'list') for (const [index, item] of node.items.entries()) visit(item, `${path}.${index}`);
    else for (const [key, entry] of node.entries) visit(entry.value, `${path}.${key}`);
  };
  const sources = composition.used.content.filter((source) => source.locale === 'zh-CN');
  for (const [index, source] of sources.entries())
    for (const [key, entry] of entries(source.node ?? undefined)) {
      const read = kinds.has(source.id) || (source.id === 'help' && forms.has(key));
      // What a file nearer to the project says instead is not shown.
      const replaced = sources
        .slice(index + 1)
        .some((later) => later.id === source.id && get(later.node ?? undefined, key));
      if (read && !replaced) visit(entry.value, `content.${source.id}.${key}`);
    }
  return shown;
}
