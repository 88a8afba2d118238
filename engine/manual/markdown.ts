import { type Block, type Chapter, type Manual, numeral, type Step } from './blocks.ts';

export function markdownOf({ title, subtitle, chapters }: Manual): string {
  const head = `# ${title}\n\n${subtitle}`;
  return `${[head, ...chapters.map(chapterOf)].join('\n\n')}\n`;
}

function chapterOf({ title, blocks, sections }: Chapter, index: number): string {
  const parts = sections.map(
    (section, at) => `### （${numeral(at + 1)}）${section.title}\n\n${section.blocks.map(blockOf).join('\n\n')}`,
  );
  return [`## ${numeral(index + 1)}、${title}`, ...blocks.map(blockOf), ...parts].join('\n\n');
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'bullets':
      return bulletsOf(block.lines);
    case 'numbered':
      return block.lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
    case 'table':
      return tableOf(block.head, block.rows);
    case 'note':
      return `> **${block.title}** ${block.text}`;
    case 'steps':
      return block.steps.map(stepOf).join('\n\n');
  }
}

function stepOf({ title, lines }: Step, index: number): string {
  const body = lines.length === 0 ? '' : `\n\n${bulletsOf(lines)}`;
  return `**${index + 1}. ${title}**${body}`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function bulletsOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n');
}

/** What a text would do to a table is taken from it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
