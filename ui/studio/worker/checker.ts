import { applicantDifference, diagramDifference } from '../../../engine/diff/index.ts';
import { linesOf } from '../../../engine/effective/index.ts';
import { diagram } from '../../../engine/explain/diagram.ts';
import { type Inspected, inspect, load, loadReleased } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import type { Compared, FormSide, Rest } from './messages.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/**
 * What the worker does, without the worker: a text checked among the other files of its draft, by the rules of the command
 * line. What the engine remembers of the other files is used again, so that a keystroke costs what the text costs.
 */
export class Checker {
  private readonly project: string;
  private readonly path: string;
  private readonly files: Files;
  private readonly workflows: readonly string[];
  private told = { diagram: '', settings: '', vocabulary: '' };
  private last: Inspected | null = null;
  private drawn: object | null = null;
  private knows = false;

  constructor(project: string, files: Files) {
    this.project = project;
    this.path = `workflows/projects/${project}.project.yaml`;
    this.files = files;
    this.workflows = Object.keys(files).flatMap((path) => /([^/]+)\.workflow\.yaml$/.exec(path)?.[1] ?? []);
  }

  /** All issues of the files that the project uses. */
  issues(text: string): readonly Issue[] {
    this.last = inspect({ ...this.files, [this.path]: text }, this.project);
    return this.last.issues;
  }

  /** What belongs to the text that was checked last; null for what is as it was told before, or cannot be said. */
  rest(): Rest {
    const { composition, issues } = this.last ?? { composition: null, issues: [] };
    if (composition === null) return { diagram: null, settings: null, vocabulary: this.kept() };
    this.knows = true;
    const { composed } = composition;
    const isWhole = issues.every(({ severity }) => severity !== 'error');
    const settings = isWhole ? this.news('settings', composed.settings) : null;
    // The engine gives the same chart again when it is made of the same: then nothing has to be drawn or named anew.
    if (this.drawn === composed.chart) return { diagram: null, settings, vocabulary: null };
    this.drawn = isWhole ? composed.chart : null;
    return {
      diagram: isWhole ? this.news('diagram', diagram(composed)) : null,
      settings,
      vocabulary: this.news<Vocabulary>('vocabulary', vocabularyOf(composition, this.workflows)),
    };
  }

  /** Who types before the first check has come is offered the names of the text that was kept. */
  private kept(): Vocabulary | null {
    if (this.knows) return null;
    this.knows = true;
    const { composition } = inspect(this.files, this.project);
    return composition === null ? null : this.news('vocabulary', vocabularyOf(composition, this.workflows));
  }

  private news<T>(what: keyof typeof this.told, value: T): T | null {
    const text = JSON.stringify(value);
    if (this.told[what] === text) return null;
    this.told = { ...this.told, [what]: text };
    return value;
  }
}

/** Two sets of files of a project side by side; the first is missing before the first release. */
export function compared(project: string, before: Files | null, after: Files): Compared {
  const { composition, issues } = inspect(after, project);
  const now = load(after, project).definition;
  const was = before === null ? null : loadReleased(before, project).definition;
  return {
    effective: composition === null ? [] : linesOf(composition),
    issues,
    before: was === null ? null : diagram(was),
    after: now === null ? null : diagram(now),
    difference: was === null || now === null ? null : diagramDifference(was, now),
    applicant: was === null || now === null ? null : applicantDifference(was, now),
    sides: was === null || now === null ? null : { before: sideOf(was), after: sideOf(now) },
  };
}

/** Whatever the content says under an id with a title and a text. */
function sideOf({ settings, content }: Definition): FormSide {
  const articles: { [id: string]: { title: string; text: string } } = {};
  for (const entries of Object.values(content))
    for (const [id, entry] of Object.entries(entries)) {
      const { title, text } = typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry : {};
      if (typeof title === 'string' && typeof text === 'string') articles[id] = { title, text };
    }
  return { settings, articles };
}
