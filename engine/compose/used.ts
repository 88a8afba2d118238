import type { Issue } from '../model/issue.ts';
import { once } from '../model/once.ts';
import type { Bundle, Source } from '../read/bundle.ts';
import { entries, get, issueAt, listed, type Node, suggest, text } from '../read/index.ts';
import { strings } from './chart.ts';
import { changeContent, changeForms } from './parts/index.ts';

/** The files that a project's definition is made of. Their content is what its hash is taken over. */
export interface Used {
  readonly project: Source;
  readonly workflow: Source | null;
  /** The workflow's own files first, then those of its fragments: the first that names a setting decides. */
  readonly settings: readonly Source[];
  readonly fragments: readonly Source[];
  readonly connectors: readonly Source[];
  /** With what the project changes of them. */
  readonly forms: readonly Source[];
  /** As they stand in their files. */
  readonly formFiles: readonly Source[];
  readonly documents: readonly Source[];
  /** With what the project changes of it on top. */
  readonly content: readonly Source[];
  readonly contentFiles: readonly Source[];
  /** All of the above in the order of their paths. */
  readonly sources: readonly Source[];
  /** What is missing. */
  readonly issues: readonly Issue[];
  /** Changes of forms and content that could not be applied. */
  readonly unapplied: readonly Issue[];
}

/** Follows the names from the project on. Unknown forms and documents are told by the checker, where they stand. */
export function usedSources(bundle: Bundle, project: Source): Used {
  const issues: Issue[] = [];
  const byId = sourcesIn(bundle);
  const workflows = byId('workflow');
  const extendsNode = get(project.node ?? undefined, 'extends');
  const base = text(extendsNode) ?? '';
  const workflow = workflows.get(base) ?? null;
  if (workflow === null && extendsNode !== undefined) {
    const proposal = suggest(base, workflows.keys());
    issues.push(issueAt(extendsNode.origin, 'unknown-workflow', { name: base }, { proposal }));
  }
  const fragments = fragmentsOf(byId('fragment'), workflow);
  const settings = [workflow, ...fragments].flatMap((source) => settingsOf(bundle, source, issues));
  const trees = [workflow?.node ?? null, ...fragments.map((source) => source.node)];
  const changes = get(project.node ?? undefined, 'changes');

  const connectorIds = new Set<string>();
  const documentIds = new Set<string>();
  const formIds = new Set<string>();
  for (const tree of trees) for (const form of strings(get(tree ?? undefined, 'forms'))) formIds.add(form);
  for (const [, change] of entries(changes)) {
    const added = text(get(change.value, 'add'));
    if (added?.startsWith('forms.') === true) formIds.add(added.slice('forms.'.length));
  }
  for (const tree of [...trees, changes ?? null]) {
    if (tree === null) continue;
    for (const id of namedIn(tree).connectors) connectorIds.add(id);
    for (const id of namedIn(tree).documents) documentIds.add(id);
  }
  const formFiles = pick(byId('form'), formIds);
  const changed = changeForms(formFiles, changes);
  const { forms } = changed;
  for (const form of [...formFiles, ...forms])
    if (form.node !== null) for (const id of documentsOf(form.node)) documentIds.add(id);

  const connectors = pick(byId('connector'), connectorIds);
  const documents = pick(byId('document'), documentIds);
  // Everybody's content first, then the workflow's, then the project's: later ones win.
  const owners = [null, base, project.id];
  const contentFiles = bundle.sources
    .filter((source) => source.kind === 'content' && owners.includes(source.owner))
    .sort((a, b) => owners.indexOf(a.owner) - owners.indexOf(b.owner));
  const said = changeContent(contentFiles, changes, project);
  const { content } = said;
  const shared = [...settings, ...fragments, ...connectors, ...formFiles, ...documents, ...contentFiles];
  const all = [project, workflow, ...shared];
  const sources = [...new Set(all)].filter((source) => source !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
  const own = { project, workflow, settings, fragments, connectors, documents };
  const unapplied = [...changed.issues, ...said.issues];
  return { ...own, forms, formFiles, content, contentFiles, sources, issues, unapplied };
}

const sourcesIn = once((bundle: Bundle) => {
  const kinds = new Map<Source['kind'], Map<string, Source>>();
  for (const source of bundle.sources) {
    const known = kinds.get(source.kind) ?? new Map<string, Source>();
    kinds.set(source.kind, known.set(source.id, source));
  }
  return (kind: Source['kind']): ReadonlyMap<string, Source> => kinds.get(kind) ?? new Map();
});

/** Fragments that stand somewhere or are included, and those that they need themselves. */
function fragmentsOf(known: ReadonlyMap<string, Source>, workflow: Source | null): Source[] {
  const found = new Set<Source>();
  const follow = (tree: Node | null) => {
    for (const source of pick(known, tree === null ? [] : usesOf(tree))) {
      if (found.has(source)) continue;
      found.add(source);
      follow(source.node);
    }
  };
  follow(workflow?.node ?? null);
  return [...found];
}

/** The settings files that a workflow or fragment names; they stand beside it. */
function settingsOf(bundle: Bundle, owner: Source | null, issues: Issue[]): Source[] {
  if (owner === null) return [];
  return listed(get(owner.node ?? undefined, 'settings')).flatMap((named) => {
    const file = text(named);
    if (file === undefined) return [];
    const path = owner.path.replace(/[^/]*$/, '') + file;
    const found = bundle.sources.find((source) => source.path === path);
    if (found !== undefined) return [found];
    const known = bundle.sources
      .filter((source) => source.kind === 'settings')
      .map((source) => source.path.replace(/^.*\//, ''));
    issues.push(issueAt(named.origin, 'unknown-settings-file', { name: file }, { proposal: suggest(file, known) }));
    return [];
  });
}

function pick(map: ReadonlyMap<string, Source>, ids: Iterable<string>): Source[] {
  return [...new Set(ids)].flatMap((id) => map.get(id) ?? []);
}

/** The fragments that a tree names. Files are the same objects for every project: each is walked once. */
const usesOf = once((tree: Node): readonly string[] => {
  const found: string[] = [];
  walkMaps(tree, (node) => {
    const use = text(get(node, 'use'));
    if (use !== undefined) found.push(use);
    found.push(...strings(get(node, 'include')));
  });
  return found;
});

/** Names of connectors (`call`, `from`, `of`) and documents of a tree. */
const namedIn = once((tree: Node) => {
  const connectors = new Set<string>();
  const documents = new Set<string>();
  walkMaps(tree, (node) => {
    for (const key of ['call', 'from', 'of']) {
      const name = text(get(node, key));
      if (name?.includes('.') === true) connectors.add(name.split('.')[0]!);
    }
    for (const id of strings(get(node, 'documents'))) documents.add(id);
    // What is handed over to a fragment may be documents too; what is none is not found.
    if (get(node, 'use') !== undefined)
      for (const [, entry] of entries(get(node, 'with')))
        if (entry.value.kind === 'list') for (const id of strings(entry.value)) documents.add(id);
  });
  return { connectors, documents };
});

/** Documents that the files of a form are printed as. */
const documentsOf = once((tree: Node): readonly string[] => {
  const documents: string[] = [];
  walkMaps(tree, (node) => {
    const slot = get(node, 'x-file');
    for (const key of ['template', 'digest']) {
      const id = text(get(slot, key));
      if (id !== undefined) documents.push(id);
    }
  });
  return documents;
});

function walkMaps(node: Node | null | undefined, visit: (node: Node) => void): void {
  if (node === null || node === undefined) return;
  if (node.kind === 'map') {
    visit(node);
    for (const [, entry] of node.entries) walkMaps(entry.value, visit);
  } else if (node.kind === 'list') for (const item of node.items) walkMaps(item, visit);
}
