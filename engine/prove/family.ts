import { checkComposition } from '../check/index.ts';
import { compile } from '../compile/index.ts';
import { type Composition, compose } from '../compose/index.ts';
import { transitionsOf } from '../compose/prune.ts';
import type { Definition, Files } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { hasErrors, readBundle } from '../read/bundle.ts';
import { language } from '../read/upgrade/language.ts';
import { subsetsOf } from './subsets.ts';

/** A setting with few values: a truth value, one of a list, or some of a list. */
export interface FreeSetting {
  readonly name: string;
  readonly title: string;
  /** The default first. */
  readonly values: readonly Json[];
}

/** Settings that are not the default: `{}` is the base. */
export type Member = JsonObject;

/** Everything that a workflow becomes by its settings with few values; the others keep their defaults. */
export interface Family {
  readonly workflow: string;
  /** Settings that conditions, laws or computed fields read. */
  readonly settings: readonly FreeSetting[];
  /** Settings that only texts and lists of options read: the process is the same whatever they are. */
  readonly idle: readonly FreeSetting[];
  /** How many combinations there are of all of them. */
  readonly combinations: number;
}

/** @returns null when the workflow cannot be used with its defaults; `composed` says why */
export function familyOf(files: Files, workflow: string): Family | null {
  const { composition } = composed(files, workflow, {});
  if (composition === null) return null;
  const free = freeSettings(composition.composed.settingsSchema, composition.composed.settings);
  const read = readText(composition);
  const settings = free.filter(({ name }) => new RegExp(`\\bsettings\\.${name}\\b`).test(read));
  const combinations = free.reduce((product, { values }) => product * values.length, 1);
  return { workflow, settings, idle: free.filter((each) => !settings.includes(each)), combinations };
}

/** Every combination of the settings that make a difference, those with the fewest changes first. */
export function membersOf({ settings }: Family): readonly Member[] {
  let members: Member[] = [{}];
  for (const { name, values } of settings)
    members = members.flatMap((member) =>
      values.map((value, index) => (index === 0 ? member : { ...member, [name]: value })),
    );
  return members.sort((one, other) => Object.keys(one).length - Object.keys(other).length);
}

/** The id of the project that stands for a member; no project of the files has it. */
export function memberId(files: Files, workflow: string): string {
  let id = `${workflow}-base`;
  while (projectPathOf(id) in files) id += '-x';
  return id;
}

/** The files with a project that is a member of the family. */
export function withMember(files: Files, workflow: string, member: Member): Files {
  return { ...files, [projectPathOf(memberId(files, workflow))]: memberText(files, workflow, member) };
}

/** The project file of a member. */
export function memberText(files: Files, workflow: string, member: Member): string {
  const project = memberId(files, workflow);
  const settings = Object.keys(member).length === 0 ? {} : { settings: member };
  // JSON is YAML.
  return `${JSON.stringify({ language, project, title: workflow, extends: workflow, number: '000', ...settings })}\n`;
}

function projectPathOf(id: string): string {
  return `workflows/projects/${id}.project.yaml`;
}

/** A member put together; the composition is null when it cannot be used. */
export function composed(
  files: Files,
  workflow: string,
  member: Member,
): { readonly composition: Composition | null; readonly issues: readonly Issue[] } {
  const { composition, issues } = compose(readBundle(withMember(files, workflow, member)), memberId(files, workflow));
  return { composition: hasErrors(issues) ? null : composition, issues };
}

/** A member's definition, when no rule is against it. */
export function definitionOf(composition: Composition): Definition | null {
  return hasErrors(checkComposition(composition)) ? null : compile(composition.composed);
}

/** Ids of the workflows of the files. */
export function workflowIds(files: Files): readonly string[] {
  return readBundle(files).sources.flatMap(({ kind, id }) => (kind === 'workflow' ? [id] : []));
}

function freeSettings(schema: JsonObject, defaults: JsonObject): readonly FreeSetting[] {
  const properties = Object.entries((schema.properties ?? {}) as { [name: string]: JsonObject });
  return properties.flatMap(([name, property]) => {
    const standard = defaults[name];
    if (standard === undefined) return [];
    const others = (valuesOf(property) ?? []).filter((value) => JSON.stringify(value) !== JSON.stringify(standard));
    const title = typeof property.title === 'string' ? property.title : name;
    return others.length === 0 ? [] : [{ name, title, values: [standard, ...others] }];
  });
}

/** Every value of a setting with few; null for the others. */
function valuesOf(schema: JsonObject): readonly Json[] | null {
  if (schema.type === 'boolean') return [true, false];
  if (Array.isArray(schema.enum)) return schema.enum;
  const items = schema.items as JsonObject | undefined;
  if (schema.type !== 'array' || schema.uniqueItems !== true || !Array.isArray(items?.enum)) return null;
  const { minItems = 0, maxItems = items.enum.length } = schema;
  return subsetsOf(items.enum).filter((set) => set.length >= Number(minItems) && set.length <= Number(maxItems));
}

/** Everything in which a setting can make a difference to the process: conditions, laws, tables, computed fields. */
function readText({ written, declared, composed: { forms } }: Composition): string {
  const conditions = Object.values(written.states).flatMap((state) => [
    ...[...transitionsOf(state), ...Object.values(state.follow)].flatMap(({ branches }) =>
      branches.map((each) => each.if),
    ),
    ...state.obligations.map((obligation) => obligation.if),
  ]);
  const computed = Object.values(forms).flatMap(({ properties }) =>
    Object.values(properties).map((property) => property['x-compute'] ?? null),
  );
  return JSON.stringify([conditions, declared.laws, declared.tables, computed]);
}
