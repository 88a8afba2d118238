import type { Composition } from '../compose/index.ts';
import type { Used } from '../compose/used.ts';
import type { Types } from '../expressions/index.ts';
import type { Composed } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { Remembered } from '../model/once.ts';
import { typesOf } from './types.ts';

/**
 * A process as it is written. Nothing in it is one project's alone: not the values of its settings, not the laws that it
 * adds, not what it folds away. Projects that have all of it in common are the same process, and the rules that look at
 * nothing else are asked once for all of them.
 */
export interface Process
  extends Pick<Composition, 'written' | 'places' | 'sources' | 'knowsState' | 'workflowFile'>,
    Pick<Composition, 'formIds' | 'formOrigins' | 'allForms' | 'allConnectors'> {
  readonly declared: Omit<DeclaredParts, 'laws'>;
  readonly composed: Pick<Composed, 'forms' | 'documents' | 'connectors' | 'roles' | 'settingsSchema'>;
  readonly used: Pick<Used, 'forms' | 'documents' | 'fragments' | 'connectors' | 'settings'>;
  /** What expressions of the process see, but for `event`. */
  readonly types: Types;
  /** The settings that there are, and those of them whose value is a list. */
  readonly settings: { readonly names: readonly string[]; readonly lists: readonly string[] };
  /** Content that others name entries of. */
  readonly content: { readonly [kind in (typeof named)[number]]: JsonObject | undefined };
}

function pickUsed({ forms, documents, fragments, connectors, settings }: Used): Process['used'] {
  return { forms, documents, fragments, connectors, settings };
}

const named = ['hall', 'agreements', 'examples'] as const;

const processes = new Remembered<Process>();

/** What the composition has in common with those of other projects: the same object for all of them. */
export function processOf(composition: Composition): Process {
  const { drawn, written, used, allForms, allConnectors } = composition;
  const { forms, documents, connectors, roles, settingsSchema, settings, content } = composition.composed;
  const types = typesOf(composition);
  const names = Object.keys(settings);
  const lists = names.filter((name) => Array.isArray(settings[name]));
  const given = [
    ...[drawn, written, types],
    ...[...used.forms, ...used.documents, ...used.fragments, ...used.connectors, ...used.settings],
    ...named.map((kind) => content[kind]).filter((entries) => entries !== undefined),
  ];
  return processes.of(given, JSON.stringify([allForms, allConnectors, names, lists]), () => ({
    written,
    places: drawn.places,
    sources: drawn.sources,
    knowsState: composition.knowsState,
    workflowFile: composition.workflowFile,
    formIds: composition.formIds,
    formOrigins: composition.formOrigins,
    allForms,
    allConnectors,
    declared: composition.declared,
    composed: { forms, documents, connectors, roles, settingsSchema },
    used: pickUsed(used),
    types,
    settings: { names, lists },
    content: { hall: content.hall, agreements: content.agreements, examples: content.examples },
  }));
}
