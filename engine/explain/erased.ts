import type { SectionView } from '../contract/view.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** A section of a case whose files are erased: their references say so. */
export function withErasedFiles(section: SectionView, at: number): SectionView {
  switch (section.kind) {
    case 'form':
      return { ...section, values: marked(section.values, at) as JsonObject };
    case 'record':
      return {
        ...section,
        entries: section.entries.map((entry) => ({ ...entry, data: marked(entry.data, at) as JsonObject })),
      };
    case 'value':
    case 'link':
      return section;
  }
}

function marked(value: Json, at: number): Json {
  if (Array.isArray(value)) return value.map((item) => marked(item, at));
  if (value === null || typeof value !== 'object') return value;
  const file = value as JsonObject;
  if (typeof file.id === 'string' && typeof file.sha256 === 'string') return { ...file, erasedAt: at };
  return Object.fromEntries(Object.entries(file).map(([name, item]) => [name, marked(item, at)]));
}
