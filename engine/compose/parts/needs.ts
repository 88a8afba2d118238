import type { Said } from '../../errors/index.ts';
import { parse, references } from '../../expressions/index.ts';
import type { Chart } from '../../model/composed.ts';
import type { DeclaredParts, Origin } from '../../model/definition.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { own } from '../../model/own.ts';
import type { Source } from '../../read/bundle.ts';
import { dataOf } from '../../read/index.ts';
import type { Places } from '../places.ts';
import { parseText } from '../text.ts';
import { formNeeds } from './form-needs.ts';

/** One place that reads a field of a form. */
export interface Need {
  /** Form and field, and what is inside of it. */
  readonly path: readonly string[];
  readonly by: Said;
  readonly origin: Origin;
  /** It has to be there, and nobody asks whether it is. */
  readonly strict: boolean;
  /** Texts that stand in the expression: a choice that it is compared with may be among them. */
  readonly source: string;
  /** It decides by the value: each choice has its row. */
  readonly rows: boolean;
}

export interface Reading {
  readonly chart: Chart;
  readonly declared: DeclaredParts;
  readonly forms: readonly Source[];
  readonly documents: readonly Source[];
  readonly places: Places;
  readonly workflowFile: string;
}

/** Everything that reads a field: conditions, calls, laws, notices, facts, tables, papers, other forms. */
export function needsOf(reading: Reading): readonly Need[] {
  const found: Need[] = [];
  const reader = new Reader(reading, found);
  for (const state of Object.values(reading.chart.states)) {
    const title = state.title === '' ? state.address : state.title;
    reader.walk(state as unknown as Json, {
      by: { zh: `环节“${title}”`, en: `the step “${title}”` },
      at: state.address,
    });
  }
  for (const [part, word] of Object.entries(parts))
    for (const [id, value] of Object.entries((reading.declared[part as keyof DeclaredParts] ?? {}) as JsonObject)) {
      const title = (value as { title?: Json } | null)?.title;
      const name = typeof title === 'string' ? title : id;
      reader.walk(value, {
        by: { zh: `${word.zh}“${name}”`, en: `the ${word.en} “${name}”` },
        at: `${part}.${id}`,
        rows: part === 'tables',
      });
    }
  const { subject, amount, batch } = reading.declared;
  reader.walk(subject ?? null, { by: { zh: '列表里的主题', en: 'the subject in lists' }, at: 'subject' });
  reader.walk(amount ?? null, { by: { zh: '列表里的金额', en: 'the amount in lists' }, at: 'amount' });
  if (batch !== undefined)
    reader.walk(batch as unknown as Json, { by: { zh: '批量办理', en: 'the batch' }, at: 'batch' });
  for (const source of reading.documents) {
    if (source.node === null) continue;
    const data = dataOf(source.node) as JsonObject;
    const by = { zh: `打印文件“${data.title}”`, en: `the document “${data.title}”` };
    reader.walk(data, { by, at: '', origin: source.node.origin });
  }
  for (const source of reading.forms) if (source.node !== null) found.push(...formNeeds(source, reader.ids));
  return found;
}

const parts: { readonly [part in keyof DeclaredParts]?: Said } = {
  facts: { zh: '事实', en: 'fact' },
  notices: { zh: '通知', en: 'notice' },
  events: { zh: '操作', en: 'event' },
  tables: { zh: '决策表', en: 'table' },
  laws: { zh: '规则', en: 'law' },
  reservations: { zh: '预留', en: 'reservation' },
  lists: { zh: '列表', en: 'list' },
};

interface At {
  readonly by: Said;
  readonly at: string;
  readonly origin?: Origin;
  readonly rows?: boolean;
  /** Form of the dialogue whose data is `event`. */
  readonly dialogue?: string | undefined;
}

/** Names of other things, which may look like a path. */
const names: ReadonlySet<string> = new Set([
  ...[
    'address',
    'to',
    'go',
    'words',
    'children',
    'parent',
    'start',
    'origin',
    'of',
    'from',
    'form',
    'forms',
    'title',
    'label',
  ],
]);
/** What is read here has to be there: a condition that cannot be worked out never holds. */
const strict: ReadonlySet<string> = new Set(['if', 'must']);

class Reader {
  readonly ids: ReadonlySet<string>;
  private readonly reading: Reading;
  private readonly found: Need[];

  constructor(reading: Reading, found: Need[]) {
    this.reading = reading;
    this.found = found;
    this.ids = new Set(reading.forms.map((source) => source.id));
  }

  /** Every text of the data: an expression, a text with places, or neither. */
  walk(value: Json, at: At, key = ''): void {
    if (typeof value === 'string') this.text(value, at, key);
    else if (Array.isArray(value)) for (const item of value) this.walk(item, at, key);
    else if (value !== null && typeof value === 'object') {
      const address = typeof value.address === 'string' ? value.address : at.at;
      for (const [name, inner] of Object.entries(value)) {
        if (names.has(name) && at.origin === undefined) continue;
        const heard = key === 'on' || key === 'follow';
        const dialogue = heard ? own(this.reading.declared.events, name)?.form : at.dialogue;
        this.walk(inner, { ...at, at: address, dialogue }, name);
      }
    }
  }

  private text(source: string, at: At, key: string): void {
    if (!source.includes('.')) return;
    if (source.includes('{')) {
      for (const part of parseText(source))
        if (part.kind === 'place' && part.place.kind === 'expression') this.expression(part.place.text, at, '');
      return;
    }
    this.expression(source, at, key);
  }

  private expression(source: string, at: At, key: string): void {
    const parsed = parse(source);
    if (parsed.kind === 'failed') return;
    const all = references(parsed.expression.ast);
    const asked = new Set(all.filter((one) => one.asked).map((one) => one.path.join('.')));
    const quoted = key === 'edit' ? [...source.matchAll(/'([^']*)'/g)].map(([, path = '']) => path.split('.')) : [];
    for (const path of [...all.map((one) => one.path), ...quoted]) {
      const read = this.formPath(path, at.dialogue);
      if (read === null || read.length < 2) continue;
      const { places, workflowFile } = this.reading;
      const place = places.get(`${at.at}:${key}`) ?? places.get(`${at.at}.${key}`) ?? places.get(at.at);
      this.found.push({
        path: read,
        by: at.by,
        origin: at.origin ?? place?.value ?? { file: workflowFile, line: 1, column: 1 },
        // A paper leaves room for what is not there.
        strict: at.origin === undefined && strict.has(key) && !asked.has(path.join('.')),
        source,
        rows: at.rows === true && key === 'by',
      });
    }
  }

  /** `last.decisions.text` and `event.text` are fields of the dialogue's form. */
  private formPath(path: readonly string[], dialogue: string | undefined): readonly string[] | null {
    const [root = '', name, ...rest] = path;
    if (root === 'last') {
      const form = own(this.reading.declared.records, name ?? '')?.form;
      return form === undefined ? null : [form, ...rest];
    }
    if (root === 'event') return dialogue === undefined || name === undefined ? null : [dialogue, name, ...rest];
    return this.ids.has(root) ? path : null;
  }
}
