import chart from '../model/chart.schema.json' with { type: 'json' };
import connector from '../model/connector.schema.json' with { type: 'json' };
import content from '../model/content.schema.json' with { type: 'json' };
import document from '../model/document.schema.json' with { type: 'json' };
import form from '../model/form.schema.json' with { type: 'json' };
import fragment from '../model/fragment.schema.json' with { type: 'json' };
import chart1 from '../model/languages/1/chart.schema.json' with { type: 'json' };
import connector1 from '../model/languages/1/connector.schema.json' with { type: 'json' };
import content1 from '../model/languages/1/content.schema.json' with { type: 'json' };
import document1 from '../model/languages/1/document.schema.json' with { type: 'json' };
import fragment1 from '../model/languages/1/fragment.schema.json' with { type: 'json' };
import project1 from '../model/languages/1/project.schema.json' with { type: 'json' };
import scenario1 from '../model/languages/1/scenario.schema.json' with { type: 'json' };
import workflow1 from '../model/languages/1/workflow.schema.json' with { type: 'json' };
import project from '../model/project.schema.json' with { type: 'json' };
import scenario from '../model/scenario.schema.json' with { type: 'json' };
import settings from '../model/settings.schema.json' with { type: 'json' };
import workflow from '../model/workflow.schema.json' with { type: 'json' };

/** The meta-schemas as data: which words there are, and where. */
const now = { chart, connector, content, document, form, fragment, project, scenario, settings, workflow };
export type MetaSchemas = { readonly [file: string]: unknown };
export type FileKind = Exclude<keyof typeof now, 'chart'>;
export const schemas: MetaSchemas = now;

/** Those of the versions before, as they were: never changed any more. The first is that of language 1. */
export const formerSchemas: readonly MetaSchemas[] = [
  {
    chart: chart1,
    connector: connector1,
    content: content1,
    document: document1,
    fragment: fragment1,
    project: project1,
    scenario: scenario1,
    workflow: workflow1,
  },
];

export interface SchemaPart {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: SchemaPart };
  readonly additionalProperties?: SchemaPart | boolean;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly allOf?: readonly SchemaPart[];
}

/** A part, and the file that its references mean. */
export type Placed = readonly [part: SchemaPart, file: string];

/** The parts that may stand at a path of a file of that kind; none where the meta-schema says nothing. */
export function partsAt(of: MetaSchemas, kind: string, path: readonly string[]): readonly Placed[] {
  let parts = of[kind] === undefined ? [] : spread(of, of[kind] as SchemaPart, kind);
  for (const step of path) parts = parts.flatMap((placed) => inside(of, placed, step));
  return parts;
}

/** The parts of one entry of a map, or of the items of a list. */
export function inside(of: MetaSchemas, [part, file]: Placed, step: string): readonly Placed[] {
  const inner = part.properties?.[step] ?? part.items ?? part.additionalProperties;
  return typeof inner === 'object' ? spread(of, inner, file) : [];
}

/** Names that may stand in the object at `path`: what an unknown key is compared with. */
export function knownKeys(kind: FileKind, path: readonly string[]): string[] {
  return [...new Set(partsAt(schemas, kind, path).flatMap(([part]) => Object.keys(part.properties ?? {})))];
}

/** A part with its references followed and its alternatives side by side. */
function spread(of: MetaSchemas, part: SchemaPart, file: string): readonly Placed[] {
  if (part.$ref !== undefined) {
    const [name, pointer = ''] = part.$ref.split('#');
    const target = name === '' ? file : name!.replace('.schema.json', '');
    let here: unknown = of[target];
    for (const step of segments(pointer)) here = (here as { readonly [step: string]: unknown } | undefined)?.[step];
    return here === undefined ? [] : spread(of, here as SchemaPart, target);
  }
  const alternatives = [...(part.anyOf ?? []), ...(part.allOf ?? [])];
  return [[part, file], ...alternatives.flatMap((one) => spread(of, one, file))];
}

/** The steps of a JSON pointer. */
export function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
