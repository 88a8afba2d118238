import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Said } from '../errors/index.ts';
import { reasonOf } from './reasons.ts';

/** What the parser found wrong: where its author made the mistake, and why. */
export interface YamlProblem {
  readonly offset: number;
  readonly code: 'yaml-documents' | 'yaml-syntax';
  readonly reason: string | Said;
  /** What to write instead, where the text shows it. */
  readonly proposal?: string | Said | undefined;
  /** Everything behind it is read wrongly because of it: nothing that follows is worth telling. */
  readonly last: boolean;
}

/** At most this many: whoever has more mistakes mends these first. */
const most = 20;

/**
 * The parser's errors as one person's mistakes. A bracket or a quote that is not closed is told where it was opened, not
 * where the parser noticed; what follows from a mistake is left out, and so are further errors of the same line.
 */
export function yamlProblems(
  source: string,
  document: Document.Parsed,
  lineOf: (offset: number) => number,
): YamlProblem[] {
  const found: YamlProblem[] = [];
  const lines = new Set<number>();
  for (const error of document.errors) {
    const problem = problemOf(source, document, error);
    if (lines.has(lineOf(problem.offset))) continue;
    lines.add(lineOf(problem.offset));
    found.push(problem);
    if (problem.last || found.length >= most) break;
  }
  return found;
}

function problemOf(source: string, document: Document.Parsed, { code, message, pos }: YAMLError): YamlProblem {
  const [offset] = pos;
  if (code === 'MULTIPLE_DOCS') return { offset, code: 'yaml-documents', reason: reasonOf(code, message), last: false };
  const opened = opens(source, document, offset, code, message);
  if (opened !== null) return { ...opened, code: 'yaml-syntax', last: true };
  const char = source[offset] ?? '';
  if (code === 'UNEXPECTED_TOKEN' && (char === '}' || char === ']'))
    return {
      offset,
      code: 'yaml-syntax',
      reason: { zh: `这里多了一个 ${char}`, en: `this ${char} is too much` },
      proposal: { zh: `删去 ${char}`, en: `leave out ${char}` },
      last: true,
    };
  if (code === 'BLOCK_IN_FLOW') {
    const joined = /^([^\s,:{}[\]]+)\s+([A-Za-z]\w*):\s/.exec(source.slice(offset, offset + 200));
    const proposal = joined === null ? undefined : `${joined[1]}, ${joined[2]}: …`;
    return { offset, code: 'yaml-syntax', reason: reasonOf(code, message), proposal, last: false };
  }
  // The document is over for the parser, or brackets and indentation no longer hold it: whatever comes now is unexpected, too.
  const last =
    message.includes('in YAML stream') || isInFlow(source, offset) || code === 'BAD_INDENT' || code === 'TAB_AS_INDENT';
  return { offset, code: 'yaml-syntax', reason: reasonOf(code, message), last };
}

/** The bracket or quote that is not closed where the parser gave up. */
function opens(
  source: string,
  document: Document.Parsed,
  end: number,
  code: string,
  message: string,
): Pick<YamlProblem, 'offset' | 'reason' | 'proposal'> | null {
  const quote = code === 'MISSING_CHAR' && message.includes('quote');
  const flow = /^Flow (map|sequence) in block collection/.exec(message);
  if (!quote && flow === null) return null;
  let offset: number | null = null;
  visit(document, {
    Node(_key, node) {
      const range = 'range' in node ? node.range : null;
      if (range == null || range[1] !== end) return;
      if (quote ? isScalar(node) && node.type?.startsWith('QUOTE') : isCollection(node) && node.flow) offset = range[0];
    },
  });
  if (offset === null) return null;
  if (quote) return { offset, reason: '这里打开的引号没有闭合' };
  const [open, close] = flow?.[1] === 'map' ? ['{', '}'] : ['[', ']'];
  return {
    offset,
    reason: {
      zh: `这里打开的 ${open} 没有用 ${close} 闭合，或者里面换行以后没有缩进`,
      en: `the ${open} that opens here is not closed by ${close}, or a new line in it is not indented`,
    },
    proposal: closedWith(close!, source, offset),
  };
}

/** A bracket is open on the line before the place. */
function isInFlow(source: string, offset: number): boolean {
  const line = source.slice(source.lastIndexOf('\n', Math.max(0, offset - 1)) + 1, offset);
  return (line.match(/[[{]/g)?.length ?? 0) > (line.match(/[\]}]/g)?.length ?? 0);
}

/** `{ a: [x }` -> `[x]`: the rest of the line up to a bracket that closes another one. */
function closedWith(close: string, source: string, offset: number): string | undefined {
  const [line = ''] = source.slice(offset).split('\n', 1);
  let depth = 0;
  let end = line.length;
  for (let index = 0; index < line.length && end === line.length; index++) {
    if ('[{'.includes(line[index]!)) depth++;
    else if (']}'.includes(line[index]!) && --depth === 0) end = index;
  }
  const kept = line.slice(0, end).trimEnd();
  if (kept.length < 2) return undefined;
  return `${kept}${kept.startsWith('{ ') ? ' ' : ''}${close}`;
}
