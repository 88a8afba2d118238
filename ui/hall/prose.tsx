import type { ReactNode } from 'react';

/**
 * Text of a content file: blank lines make paragraphs, lines with `- ` or `1. ` make lists, `**…**` is bold.
 * Nothing else is interpreted, so that no content file can bring markup or scripts.
 */
export function Prose({ text }: { readonly text: string }) {
  const blocks = text.trim().split(/\n\s*\n/);
  return (
    <div className="read prose">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have places, no names
        <Block key={index} text={block} />
      ))}
    </div>
  );
}

function Block({ text }: { readonly text: string }) {
  const lines = text.split('\n').map((line) => line.trim());
  if (lines.every((line) => /^- /.test(line))) return <ul>{items(lines, /^- /)}</ul>;
  if (lines.every((line) => /^\d+[.、] ?/.test(line))) return <ol>{items(lines, /^\d+[.、] ?/)}</ol>;
  return <p>{bold(lines.join(''))}</p>;
}

function items(lines: readonly string[], mark: RegExp): ReactNode {
  return lines.map((line) => <li key={line}>{bold(line.replace(mark, ''))}</li>);
}

/** `12 月 6 日` is not broken between number and word. */
function wholeDates(text: string): string {
  return text.replace(/(\d) (?=[年月日])/g, '$1\u00a0').replace(/([年月]) (?=\d)/g, '$1\u00a0');
}

/** `**…**` as bold; used for the waiting sentence too. */
export function bold(text: string): ReactNode {
  return text.split('**').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have places, no names
      <b key={index}>{wholeDates(part)}</b>
    ) : (
      part
    ),
  );
}
