import { Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement, type ReactNode } from 'react';
import type { Block, Step } from '../../engine/manual/index.ts';
import { figuresOf } from './figures.ts';
import type { Fit } from './fitting.ts';
import { styles } from './styles.ts';
import type { Shot } from './walk.ts';

type Style = (typeof styles)[keyof typeof styles];

/** What a sheet is made with. */
export interface Print {
  /** Characters that the font lacks stand as boxes with their code. */
  readonly clean: (text: string) => string;
  /** Pictures of the states of a step. */
  readonly shotsOf: (step: Step) => readonly Shot[];
  /** Pictures of what happens at one of these states beside the usual way. */
  readonly accidentsOf: (states: readonly string[]) => readonly Shot[];
  /** Of pictures that are made smaller. */
  readonly scales: Fit['scales'];
}

/** @param key begins the keys of what is made, so that they are told apart on one sheet */
export function blocksOf(blocks: readonly Block[], print: Print, key: string): readonly ReactElement[] {
  return blocks.flatMap((block, at) => blockOf(block, `${key}.${at}`, print));
}

function blockOf(block: Block, key: string, print: Print): readonly ReactElement[] {
  switch (block.kind) {
    case 'text':
      return block.text
        .split(/\n+/)
        .map((text, at) =>
          text.startsWith('- ')
            ? item(`${key}.${at}`, styles.bullet, '·', text.slice(2), print)
            : h(Text, { key: `${key}.${at}`, style: styles.paragraph }, ...inline(text, print)),
        );
    case 'bullets':
      return block.lines.flatMap((text, at) => [
        item(`${key}.${at}`, styles.bullet, '·', text, print),
        ...picturesOf(print.accidentsOf(block.states?.[at] ?? []), `${key}.${at}`, print),
      ]);
    case 'numbered':
      return block.lines.map((text, at) => item(`${key}.${at}`, styles.count, `${at + 1}.`, text, print));
    case 'note':
      return [
        h(
          View,
          { key, style: styles.note, wrap: false },
          h(Text, { style: styles.noteTitle }, print.clean(block.title)),
          ...block.text.split(/\n+/).map((text, at) => h(Text, { key: at, style: styles.noteText }, print.clean(text))),
        ),
      ];
    case 'table':
      return [tableOf(key, block.head, block.rows, print)];
    case 'steps':
      return block.steps.flatMap((step, at) => stepOf(step, at, print));
  }
}

/** Pictures beside a text, each below what it shows. */
export function picturesOf(shots: readonly Shot[], key: string, { clean, scales }: Print): readonly ReactElement[] {
  return shots.flatMap((shot, at) => {
    const [first, ...others] = figuresOf(shot, clean, scales);
    const caption =
      shot.caption === undefined ? [] : [h(Text, { key: 'caption', style: styles.caption }, clean(shot.caption))];
    return [
      h(View, { key: `${key}.shot${at}`, style: styles.stepBody, wrap: false }, ...caption, first),
      ...others.map((figure, nth) => h(View, { key: `${key}.shot${at}.${nth}`, style: styles.stepBody }, figure)),
    ];
  });
}

/** The head of a step stays with what follows it. */
function stepOf(step: Step, index: number, print: Print): readonly ReactElement[] {
  const key = `step${index}`;
  const shots = print.shotsOf(step);
  const figures = shots
    .filter(({ place }) => place === 'case')
    .flatMap((shot) => figuresOf(shot, print.clean, print.scales));
  const mishaps = shots.filter(({ place }) => place === 'mishap');
  const [first, ...others] = figures;
  const head = h(
    View,
    { key: 'head', style: styles.stepHead },
    h(View, { style: styles.stepCount }, h(Text, { style: styles.stepCountText }, String(index + 1))),
    h(Text, { style: styles.stepTitle }, print.clean(step.title)),
  );
  const lines = step.lines.map((text, at) => item(`l${at}`, styles.bullet, '·', text, print));
  const body = (key: string, ...children: ReactNode[]) => h(View, { key, style: styles.stepBody }, ...children);
  return [
    h(View, { key, style: styles.step, wrap: false }, head, body('lines', ...lines)),
    ...(first === undefined ? [] : [body(`${key}.first`, first)]),
    ...others.map((figure, at) => body(`${key}.${at}`, figure)),
    ...picturesOf(mishaps, `${key}.mishap`, print),
  ];
}

function item(key: string, style: Style, sign: string, text: string, print: Print): ReactElement {
  return h(
    View,
    { key, style: styles.item, wrap: false },
    h(Text, { style }, sign),
    h(Text, { style: styles.itemText }, ...inline(text, print)),
  );
}

/** `**bold**` as it is meant. */
function inline(text: string, { clean }: Print): ReactNode[] {
  return text
    .split('**')
    .map((part, at) => (at % 2 === 1 ? h(Text, { key: at, style: styles.strong }, clean(part)) : clean(part)));
}

/** Columns take the room that their longest words need, within bounds. */
function tableOf(key: string, head: readonly string[], rows: readonly (readonly string[])[], print: Print) {
  const weights = head.map((title, column) => {
    const lengths = rows.map((row) => Math.min(40, row[column]?.length ?? 0));
    const most = Math.max(title.length, ...lengths);
    const usual = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
    return Math.max(7, Math.min(24, (most + usual) / 2));
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const row = (cells: readonly string[], at: number) =>
    h(
      View,
      {
        key: at,
        style: at < 0 ? [styles.row, styles.headRow] : styles.row,
        wrap: false,
        ...(at < 0 ? { minPresenceAhead: 40 } : {}),
      } as object,
      ...cells.map((text, column) =>
        h(
          View,
          {
            key: column,
            style: [
              styles.cell,
              { width: `${(100 * (weights[column] ?? 0)) / whole}%` },
              ...(at < 0 ? [styles.headCell] : []),
            ],
          },
          h(Text, { style: at < 0 ? styles.headText : styles.cellText }, print.clean(text)),
        ),
      ),
    );
  return h(View, { key, style: styles.table }, row(head, -1), ...rows.map(row));
}
