import type { Definition, Files } from '../../engine/model/definition.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Clock } from '../clock.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import type { Loader } from './engine.ts';
import { filesOfProject, projectIds, projectPath } from './files.ts';
import { createReleaseScenarios, type ScenarioSet } from './release-scenarios.ts';
import type { TriedWith } from './tried-with.ts';

/** One published release: immutable, named by the hash of the definition. */
export interface Release {
  readonly hash: string;
  readonly project: string;
  readonly number: number;
  readonly note: string;
  readonly at: number;
  /** Person id, or `files` for the seed. */
  readonly by: string;
  /** What it was tried with; absent in releases of older folders. */
  readonly scenarios?: ScenarioSet;
  readonly files: Files;
}

export type ReleaseSummary = Omit<Release, 'files' | 'project'>;

/** What is being worked on: the text of the project file over a set of shared files. */
export interface ProjectDraft {
  readonly yaml: string;
  /** The other files; null = those of the current release. Set by `certflow import`. */
  readonly files: Files | null;
  readonly at: number;
  readonly by: string;
  /** Everybody who changed it since the release before; absent in drafts of older folders. */
  readonly editors?: readonly string[];
}

/** A project: its releases, the one in force, and the draft. */
export interface ProjectHead {
  readonly id: string;
  /** Hash of the release in force; null until the first one is published. */
  readonly current: string | null;
  readonly history: readonly ReleaseSummary[];
  readonly draft: ProjectDraft | null;
  /** Rises with every change; sent back as `base`. */
  readonly version: number;
}

export interface Checked {
  readonly definition: Definition | null;
  readonly issues: readonly Issue[];
}

/** A definition that cannot be released, with everything that is wrong with it. */
export class BrokenDefinition extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super('the definition is broken');
    this.name = 'BrokenDefinition';
    this.issues = issues;
  }
}

/** How the start went for each project of the files. */
export interface Seeding {
  readonly seeded: readonly string[];
  /** Projects whose files differ from the release in force: `certflow import` brings them in as a draft. */
  readonly changed: readonly string[];
  /** Issues of projects that are broken in the files; their released cases run on. */
  readonly broken: readonly Issue[];
}

export interface Releases {
  /** Publishes the first release of each project that has none. @throws BrokenDefinition on a first start. */
  seed(files: Files): Promise<Seeding>;
  /** @throws when there is no such release or it does not load any more. */
  definition(hash: string): Promise<Definition>;
  release(hash: string): Promise<Release | null>;
  /** The scenarios that a release of a project was tried with when it was put in force last; null: what it is tried with now. */
  scenarios(project: string, hash: string | null): Promise<Files>;
  project(id: string): Promise<ProjectHead | null>;
  projects(): Promise<readonly ProjectHead[]>;
  /** The files of the draft, or of the release in force. */
  draftFiles(head: ProjectHead): Promise<Files>;
  check(project: string, files: Files): Checked;
  /** Conflict when `base` is not the head's version. */
  saveDraft(id: string, draft: Omit<ProjectDraft, 'at' | 'editors'>, base?: number): Promise<ProjectHead>;
  /** A project that has a draft and no release yet. @throws Conflict when there is one of this id */
  create(id: string, draft: Omit<ProjectDraft, 'at' | 'editors'>): Promise<ProjectHead>;
  /** @throws BrokenDefinition, Conflict */
  publish(id: string, given: { note: string; by: string; base?: number }): Promise<ProjectHead>;
  /** Puts a release that was in force before in force again, under a number of its own; the draft stays. @throws Conflict */
  goBack(id: string, given: { hash: string; note: string; by: string; base: number }): Promise<ProjectHead>;
}

type StoredHead = Omit<ProjectHead, 'version'>;

/** @param tried what projects are tried with before they are released */
export function createReleases(
  store: Store,
  loader: Loader,
  clock: Clock,
  tried: TriedWith = async () => async () => ({}),
): Releases {
  const sets = createReleaseScenarios(store);
  const compiled = new Map<string, Promise<Definition>>();
  const queue = new KeyedQueue();

  async function head(id: string): Promise<ProjectHead | null> {
    const stored = await store.readDocument('project', id);
    return stored && { ...(stored.data as unknown as StoredHead), version: stored.version };
  }
  async function writeHead(next: StoredHead, base: number): Promise<ProjectHead> {
    const { id, current, history, draft } = next;
    const data = { id, current, history, draft } as unknown as Json;
    const { version } = await store.writeDocument('project', id, data, base);
    return { id, current, history, draft, version };
  }
  async function release(hash: string): Promise<Release | null> {
    return ((await store.readDocument('release', hash))?.data ?? null) as Release | null;
  }
  async function compile(hash: string): Promise<Definition> {
    const found = await release(hash);
    if (!found) throw new Error(`release ${hash} is not in the store`);
    const { definition, issues } = loader.loadReleased(found.files, found.project);
    if (!definition) throw new BrokenDefinition(issues);
    // A newer engine may fold or prune differently: the files are what the hash stands for, so this must not happen.
    if (definition.hash !== hash) throw new Error(`release ${hash} now loads as ${definition.hash}`);
    return definition;
  }
  function definitionOf(hash: string): Promise<Definition> {
    const known = compiled.get(hash);
    if (known) return known;
    const loading = compile(hash);
    compiled.set(hash, loading);
    loading.catch(() => compiled.delete(hash));
    return loading;
  }
  async function draftFiles(known: ProjectHead): Promise<Files> {
    const base = known.draft?.files ?? (known.current === null ? null : await release(known.current))?.files ?? {};
    return known.draft ? { ...base, [projectPath(known.id)]: known.draft.yaml } : base;
  }
  function errorsOf(issues: readonly Issue[]): readonly Issue[] {
    return issues.filter(({ severity }) => severity === 'error');
  }
  function check(project: string, files: Files, loads: Loader['load'] = loader.load): Checked {
    const { definition, issues } = loads(filesOfProject(files, project), project);
    return { definition: errorsOf(issues).length === 0 ? definition : null, issues };
  }

  /** The release is written before the head names it: a crash in between leaves an unused release, never a missing one. */
  async function put(
    definition: Definition,
    files: Files,
    stories: Files,
    given: Omit<ReleaseSummary, 'hash' | 'at' | 'scenarios'>,
  ): Promise<ReleaseSummary> {
    const project = definition.project.id;
    const own = filesOfProject(files, project);
    const scenarios = await sets.put(stories);
    const summary: ReleaseSummary = { hash: definition.hash, ...given, at: clock.now(), scenarios };
    if ((await store.readDocument('release', definition.hash)) === null) {
      await store.writeDocument('release', definition.hash, { ...summary, project, files: own } as unknown as Json);
    }
    compiled.set(definition.hash, Promise.resolve(definition));
    return summary;
  }

  return {
    async seed(files) {
      const heads = new Map<string, ProjectHead>();
      for await (const { id, document } of store.listDocuments('project')) {
        heads.set(id, { ...(document.data as unknown as StoredHead), version: document.version });
      }
      const first = heads.size === 0;
      const seeded: string[] = [];
      const changed: string[] = [];
      const broken: Issue[] = [];
      const wanted = new Map<string, Definition>();
      for (const id of projectIds(files)) {
        const known = heads.get(id);
        const { definition, issues } = check(id, files, loader.loadSeed);
        if (!definition) broken.push(...errorsOf(issues));
        else if (!known) wanted.set(id, definition);
        else if (definition.hash !== known.current) changed.push(id);
        // Loading takes a tenth of a second: what is in force need not be loaded again from the store.
        else compiled.set(definition.hash, Promise.resolve(definition));
      }
      if (first && projectIds(files).length === 0) throw new Error('no project in workflows/projects');
      if (first && broken.length > 0) throw new BrokenDefinition(unique(broken));
      const storiesOf = wanted.size > 0 ? await tried() : null;
      for (const [id, definition] of wanted) {
        const stories = (await storiesOf?.(id)) ?? {};
        const summary = await put(definition, files, stories, { number: 1, note: '初始发布', by: 'files' });
        await writeHead({ id, current: summary.hash, history: [summary], draft: null }, 0);
        seeded.push(id);
      }
      return { seeded, changed, broken: unique(broken) };
    },

    definition: definitionOf,
    release,
    async scenarios(project, hash) {
      if (hash === null) return (await tried())(project);
      const known = (await head(project))?.history.find((one) => one.hash === hash);
      return known?.scenarios ? sets.read(known.scenarios.set) : {};
    },
    project: head,
    async projects() {
      const heads: ProjectHead[] = [];
      for await (const { document } of store.listDocuments('project')) {
        heads.push({ ...(document.data as unknown as StoredHead), version: document.version });
      }
      return heads.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    draftFiles,
    check: (project, files) => check(project, files),

    saveDraft: (id, draft, base) =>
      queue.run(id, async () => {
        const known = await head(id);
        if (!known) throw new Error(`no project ${id}`);
        const files = draft.files && filesOfProject(draft.files, id);
        const editors = [...new Set([...(known.draft ? (known.draft.editors ?? [known.draft.by]) : []), draft.by])];
        return writeHead({ ...known, draft: { ...draft, files, editors, at: clock.now() } }, base ?? known.version);
      }),

    create: (id, draft) =>
      queue.run(id, async () => {
        const files = draft.files && filesOfProject(draft.files, id);
        const own: ProjectDraft = { ...draft, files, editors: [draft.by], at: clock.now() };
        return writeHead({ id, current: null, history: [], draft: own }, 0);
      }),

    publish: (id, { note, by, base }) =>
      queue.run(id, async () => {
        const known = await head(id);
        if (!known?.draft) throw new Error(`project ${id} has no draft`);
        const files = await draftFiles(known);
        const number = nextNumber(known);
        const { definition, issues } = check(id, files);
        if (!definition) throw new BrokenDefinition(issues);
        const stories = await (await tried())(id);
        const summary = await put(definition, files, stories, { number, note, by });
        return writeHead(
          { ...known, current: summary.hash, history: [summary, ...known.history], draft: null },
          base ?? known.version,
        );
      }),

    goBack: (id, { hash, note, by, base }) =>
      queue.run(id, async () => {
        const known = await head(id);
        const earlier = known?.history.find((one) => one.hash === hash);
        if (!known || !earlier) throw new Error(`project ${id} has no release ${hash}`);
        // It has to load with today's program before anybody is given it.
        await definitionOf(hash);
        const summary: ReleaseSummary = { ...earlier, number: nextNumber(known), note, by, at: clock.now() };
        return writeHead({ ...known, current: hash, history: [summary, ...known.history] }, base);
      }),
  };
}

function nextNumber({ history }: ProjectHead): number {
  return Math.max(0, ...history.map((one) => one.number)) + 1;
}

/** Shared files are read once per project: the same issue is told once. */
function unique(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Map(issues.map((issue) => [`${issue.file}:${issue.line}:${issue.column}:${issue.code}`, issue]));
  return [...seen.values()];
}
