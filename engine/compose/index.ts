import type { Chart, Composed } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts, FormSchema, Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import { once, onceForAll, withLater } from '../model/once.ts';
import { type Bundle, hasErrors, type Source } from '../read/bundle.ts';
import {
  dataOf,
  get,
  hashOfFiles,
  issueAt,
  listed,
  type MapNode,
  mapOf,
  type Node,
  plain,
  suggest,
  text,
} from '../read/index.ts';
import { upgrade } from '../read/upgrade/index.ts';
import { language } from '../read/upgrade/language.ts';
import { type Addresses, addressesOf } from './addresses.ts';
import { announcementsOf } from './announcements.ts';
import { calendarChanges } from './calendar.ts';
import { applyChanges, type Removal } from './changes/index.ts';
import { strings } from './chart.ts';
import { type Drawn, draw, foldDrawn } from './charts.ts';
import { connectorOf, declaredOf, lawsOf } from './declared.ts';
import { inlineFragments } from './fragments.ts';
import { keepHeard } from './kept.ts';
import { removedEdges, stateNodes } from './nodes.ts';
import { originsOf } from './origins.ts';
import { type Overlay, overlayOf } from './overlay.ts';
import { keepNeeded } from './parts/index.ts';
import { LayeredPlaces, type Place, type Places, placesBelow, placesOf } from './places.ts';
import { resolveAt } from './prune.ts';
import { composeSettings, mergeSettings } from './settings.ts';
import type { Trees } from './trees.ts';
import { type Used, usedSources } from './used.ts';

/** Everything that composition knows of a project; the checker reads it, the compiler needs `composed` alone. */
export interface Composition {
  readonly composed: Composed;
  /** Located data, before anything is folded. */
  readonly trees: Trees;
  /** The chart with the project's changes, before anything is folded: every expression that was written is in it. */
  readonly written: Chart;
  /** Declared parts as written (a project's fold may have dropped events that nobody hears any more). */
  readonly declared: DeclaredParts;
  readonly places: Places;
  /** The chart before the project takes states out of it; projects of the same workflow share it. */
  readonly drawn: Drawn;
  /** Conditions as their authors wrote them, by `<branch>:if`, `<obligation>.if` …: columns count in these. */
  readonly sources: ReadonlyMap<string, string>;
  /** Whether `at('name')` means a state in the place of that address. */
  readonly knowsState: (name: string, at: string) => boolean;
  /** Forms that the workflow, its fragments and the project list, whether their files exist or not. */
  readonly formIds: readonly string[];
  readonly formOrigins: { readonly [form: string]: Origin };
  /** All there are in the files, for proposals. */
  readonly allForms: readonly string[];
  readonly allConnectors: readonly string[];
  readonly overlay: Overlay;
  /** What the project's changes are written against, in the words of the files: with them, but nothing removed or folded. */
  readonly ground: { readonly now: MapNode; readonly changes: Node | undefined; readonly removals: readonly Removal[] };
  /** Forms and documents as located data. */
  readonly used: Used;
  readonly workflowFile: string;
  readonly projectFile: string;
}

/**
 * Base workflow + fragments + project -> the effective definition.
 * `composition` is null when a file that it needs is missing or has errors of its own.
 */
export function compose(bundle: Bundle, projectId: string): { composition: Composition | null; issues: Issue[] } {
  const projects = bundle.sources.filter((source) => source.kind === 'project');
  const project = projects.find((source) => source.id === projectId);
  if (project === undefined) {
    const origin = { file: projects[0]?.path ?? 'workflows/projects', line: 1, column: 1 };
    const proposal = suggest(
      projectId,
      projects.map((source) => source.id),
    );
    return { composition: null, issues: [issueAt(origin, 'unknown-project', { name: projectId }, { proposal })] };
  }
  const used = usedSources(bundle, project);
  const issues: Issue[] = [...used.issues];
  for (const source of used.sources) issues.push(...source.issues);
  const former = formerLanguage(used);
  if (former === null) for (const source of used.sources) issues.push(...source.stuck);
  const workflow = former === null ? used.workflow?.node : used.workflow?.written;
  const overlay = former === null ? project.node : project.written;
  if (workflow?.kind !== 'map' || overlay?.kind !== 'map' || hasErrors(issues)) return { composition: null, issues };
  return composeSources(bundle, project, used, { workflow, overlay, former }, issues);
}

function composeSources(
  bundle: Bundle,
  project: Source,
  found: Used,
  { workflow, overlay, former }: { workflow: MapNode; overlay: MapNode; former: number | null },
  issues: Issue[],
): { composition: Composition | null; issues: Issue[] } {
  const root = oneChart(workflow, issues);
  if (root === null) return { composition: null, issues };
  const all = bundle.sources.filter((source) => source.kind === 'fragment').map((source) => source.id);
  const inlined = inlineFragments(root, fragmentNodes(found, former), all);
  issues.push(...inlined.issues);
  // Without the fragment its forms and facts are unknown everywhere: one mistake would be told fifty times.
  if (inlined.issues.some((issue) => incomplete.has(issue.code))) return { composition: null, issues };

  const schemaNode = mergeSettings(found.settings);
  const settingsSchema = (schemaNode === null ? { type: 'object', properties: {} } : dataOf(schemaNode)) as JsonObject;
  const settled = composeSettings(settingsSchema, schemaNode, get(overlay, 'settings'), overlay.origin);
  issues.push(...settled.issues);
  const { settings } = settled;

  const applied = applyChanges(inlined.workflow, get(overlay, 'changes'), get(overlay, 'laws'));
  issues.push(...applied.issues);
  const lifted = upgrade('workflow', applied.workflow);
  // What was wrong in the older words would be told again in the newer ones.
  if (former !== null && hasErrors(lifted.stuck)) return { composition: null, issues: [...issues, ...lifted.stuck] };
  // In the newest words the laws that it adds are all that it may differ by from what its chart is drawn of.
  const lawless = lifted.node === applied.workflow ? applied.lawless : lifted.node;
  const changed = { ...applied, workflow: lifted.node, lawless };

  const connectors = connectorsOf(found.connectors);
  const drawn = draw(changed.lawless, connectors, settings);
  issues.push(...drawn.issues);
  const own = new Map([...placesBelow(overlay, 'project'), ...lawPlaces(changed.workflow, changed.lawless)]);
  const undisputed = declaredOf(changed.lawless);
  const declared =
    changed.lawless === changed.workflow ? undisputed : { ...undisputed, laws: lawsOf(changed.workflow) };
  const { removed, written, chart } = foldDrawn(drawn, changed.removals, settings, issues);
  const kept = keepNeeded(
    { ...found, chart: written, declared, places: drawn.places, workflowFile: found.workflow!.path },
    get(overlay, 'changes'),
  );
  issues.push(...found.unapplied, ...kept.issues);
  const used: Used = { ...found, forms: kept.forms };
  // The base alone, for what the diagram shows as removed; its issues are those of the chart above.
  const changes = applied.lawless !== inlined.workflow;
  const baseWorkflow = changes ? upgrade('workflow', inlined.workflow).node : changed.lawless;
  const base = changes ? draw(baseWorkflow, connectors, settings) : drawn;
  const baseContext = { declared: declaredOf(baseWorkflow), connectors };

  const heard = keepHeard(declared, chart, settings);
  const states = stateNodes(chart, { declared: undisputed, connectors });
  const closed = text(get(overlay, 'closed'));
  const opens = text(get(overlay, 'opens'));
  const closes = text(get(overlay, 'closes'));
  const related = strings(get(overlay, 'related'));
  const parts: Omit<Composed, 'hash' | 'origins'> = {
    project: {
      id: project.id,
      title: text(get(overlay, 'title')) ?? project.id,
      number: text(get(overlay, 'number')) ?? '',
      ...(closed !== undefined && { closed }),
      ...(opens !== undefined && { opens }),
      ...(closes !== undefined && { closes }),
      ...(related.length > 0 && { related }),
      ...announcementsOf(get(overlay, 'announcements')),
    },
    workflow: { id: used.workflow!.id, title: text(get(workflow, 'title')) ?? used.workflow!.id },
    settings,
    settingsSchema,
    calendar: calendarChanges(get(overlay, 'calendar')),
    roles: rolesOf(changed.lawless),
    connectors,
    forms: jsonOf<FormSchema>(used.forms),
    documents: jsonOf<JsonObject>(used.documents),
    content: contentOf(used),
    declared: heard,
    chart,
    states,
    removed: stateNodes(base.chart, baseContext, states),
    removedEdges: removedEdges(
      base.chart === removed ? written : resolveAt(base.chart, drawn.resolve),
      states,
      baseContext,
    ),
  };
  // Whoever only checks asks for neither.
  const named = withLater(parts, 'hash', () =>
    hashOfFiles(used.sources.map(({ path, written }) => ({ path, node: written! }))),
  );
  const composed: Composed = withLater(named, 'origins', () =>
    originsOf([placesOf(changed.lawless), own, drawn.branches], schemaNode, { path: project.path, node: overlay }),
  );
  const removals = changed.removals.map(({ address }) => address);
  const composition: Composition = {
    composed,
    trees: { project: overlay, base: baseWorkflow, workflow: changed.workflow, removals, settings: schemaNode },
    written,
    declared,
    places: new LayeredPlaces(own, drawn.places),
    drawn,
    sources: drawn.sources,
    knowsState: (name, at) => drawn.resolve(name, stateAround(addressesOf(changed.lawless), at)) !== null,
    formIds: strings(get(changed.workflow, 'forms')),
    formOrigins: Object.fromEntries(
      listed(get(changed.workflow, 'forms')).map((node) => [text(node) ?? '', node.origin]),
    ),
    overlay: overlayOf(overlay, inlined.workflow, changed, settled, connectors),
    ground: { now: applied.lawless, changes: get(overlay, 'changes'), removals: applied.removals },
    allForms: bundle.sources.filter((source) => source.kind === 'form').map((source) => source.id),
    allConnectors: bundle.sources.filter((source) => source.kind === 'connector').map((source) => source.id),
    used,
    workflowFile: used.workflow!.path,
    projectFile: project.path,
  };
  return { composition, issues };
}

/** The same files are the same connectors, whoever uses them. */
const connectorsOf = onceForAll((files: readonly Source[]) => {
  const connectors: { [id: string]: ConnectorDefinition } = {};
  for (const { id, node } of files) if (node?.kind === 'map') connectors[id] = connectorOf(node);
  return connectors;
});

/** Where the laws that a project adds are written. */
function lawPlaces(workflow: MapNode, lawless: MapNode): ReadonlyMap<string, Place> {
  const laws = workflow === lawless ? undefined : workflow.entries.get('laws');
  return laws === undefined ? new Map() : placesBelow(mapOf(workflow.origin, [['laws', laws]]), '');
}

const rolesOf = once((workflow: MapNode): Composed['roles'] => {
  const roles = get(workflow, 'roles');
  return roles === undefined ? {} : (plain(roles) as Composed['roles']);
});

/** The innermost state that an address of anything begins with. */
function stateAround(addresses: Addresses, at: string): string {
  const parts = at.split(/[.:]/);
  for (let length = parts.length; length > 0; length--) {
    const address = parts.slice(0, length).join('.');
    if (addresses.nodes.has(address)) return address;
  }
  return '';
}

const incomplete: ReadonlySet<string> = new Set([
  ...['unknown-fragment', 'fragment-without-state', 'missing-take', 'unknown-given'],
]);

/** The root with its one chart, or null. */
function oneChart(workflow: MapNode, issues: Issue[]): MapNode | null {
  const regions = get(workflow, 'regions');
  const states = get(workflow, 'states');
  if (regions === undefined && states === undefined) issues.push(issueAt(workflow.origin, 'no-chart'));
  else if (regions !== undefined && states !== undefined) issues.push(issueAt(states.origin, 'two-charts'));
  else return workflow;
  return null;
}

function fragmentNodes(used: Used, former: number | null): ReadonlyMap<string, MapNode> {
  const nodes = new Map<string, MapNode>();
  for (const source of used.fragments) {
    const node = former === null ? source.node : source.written;
    if (node?.kind === 'map') nodes.set(source.id, node);
  }
  return nodes;
}

/**
 * The older version in which workflow, fragments and project are all written: then they are put together in its words,
 * which is what the hashes of the project's changes were taken over, and read in the newest words afterwards. Where
 * versions are mixed every file is brought up to the newest first (null), and a change whose base reads otherwise now is
 * a conflict.
 */
function formerLanguage({ project, workflow, fragments }: Used): number | null {
  const versions = new Set([project, workflow, ...fragments].map((source) => source?.language ?? null));
  const [version = null] = versions;
  return versions.size === 1 && version !== null && version < language ? version : null;
}

function jsonOf<T>(sources: readonly Source[]): { [id: string]: T } {
  return Object.fromEntries(
    sources.flatMap((source) => (source.node === null ? [] : [[source.id, dataOf(source.node) as T]])),
  );
}

/** Content by kind; other locales than the first as `kind.locale`; what belongs to the workflow or project comes on top. */
function contentOf(used: Used): { [kind: string]: JsonObject } {
  const layers: { [kind: string]: Node[] } = {};
  for (const source of used.content) {
    if (source.node === null) continue;
    const key = source.locale === 'zh-CN' ? source.id : `${source.id}.${source.locale}`;
    layers[key] ??= [];
    layers[key].push(source.node);
  }
  return Object.fromEntries(Object.entries(layers).map(([key, files]) => [key, contentIn(files)]));
}

const contentIn = onceForAll((files: readonly Node[]): JsonObject => {
  const out: JsonObject = {};
  for (const file of files) {
    const { language: _language, content: _content, ...data } = dataOf(file) as JsonObject;
    Object.assign(out, data);
  }
  return out;
});
