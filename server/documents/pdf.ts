import { Document, Page, Path, renderToBuffer, StyleSheet, Svg, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement, type ReactNode } from 'react';
import {
  groupedNumber,
  type Printed,
  type PrintedCell,
  type PrintedLine,
  type PrintedRun,
  type PrintedSection,
} from '../../engine/index.ts';
import { family, prepareFonts, printable } from './fonts.ts';
import { faint, ink, mm, rule, soft, tint } from './paper.ts';
import { qrPath } from './qr.ts';

/** A gap to be filled in by hand. */
const blank = '＿＿＿＿＿＿';

/**
 * Sizes in points. `fontSize` and `lineHeight` always stand together: the renderer takes a height alone for another size's. A text
 * that is computed for each page (its number) must have no `lineHeight`, not even inherited: it would not be drawn.
 */
const styles = StyleSheet.create({
  page: {
    fontFamily: family,
    color: ink,
    paddingTop: 16 * mm,
    paddingHorizontal: 19 * mm,
    paddingBottom: 30 * mm,
  },
  title: { fontSize: 19, lineHeight: 1.35, fontWeight: 600, textAlign: 'center', letterSpacing: 1 },
  subtitle: { fontSize: 9.5, lineHeight: 1.5, color: faint, textAlign: 'center', marginTop: 3 },
  introduction: { marginTop: 10 },
  section: { marginTop: 11 },
  heading: { flexDirection: 'row', alignItems: 'flex-end', marginBottom: 5 },
  headingText: { fontSize: 11.5, lineHeight: 1.4, fontWeight: 600 },
  hint: { fontSize: 8.5, lineHeight: 1.6, color: faint, marginLeft: 8, flex: 1 },
  row: {
    flexDirection: 'row',
    flexShrink: 0,
    borderBottom: `0.75pt solid ${rule}`,
    borderLeft: `0.75pt solid ${rule}`,
  },
  firstRow: { borderTop: `0.75pt solid ${rule}` },
  label: {
    width: 27 * mm,
    flexShrink: 0,
    backgroundColor: tint,
    borderRight: `0.75pt solid ${rule}`,
    paddingVertical: 4,
    paddingHorizontal: 7,
    justifyContent: 'center',
  },
  narrowLabel: { width: 21 * mm },
  labelText: { fontSize: 9.5, lineHeight: 1.45, color: soft },
  value: {
    flex: 1,
    borderRight: `0.75pt solid ${rule}`,
    paddingVertical: 4,
    paddingHorizontal: 7,
    justifyContent: 'center',
  },
  valueText: { fontSize: 10.5, lineHeight: 1.45 },
  paragraph: { fontSize: 10.5, lineHeight: 1.8, textIndent: 21, marginBottom: 4 },
  filled: { textDecoration: 'underline' },
  boxes: { flexDirection: 'row', flexShrink: 0 },
  box: { flex: 1, border: `0.75pt solid ${rule}`, padding: 7 },
  foot: { flexDirection: 'row', marginTop: 12, border: `0.75pt solid ${rule}` },
  footCell: { flex: 1, padding: 7, justifyContent: 'space-between' },
  footText: { fontSize: 10.5, lineHeight: 1.45, textAlign: 'right' },
  bottom: {
    position: 'absolute',
    left: 19 * mm,
    right: 19 * mm,
    bottom: 11 * mm,
    height: 17 * mm,
    flexDirection: 'row',
    alignItems: 'center',
    borderTop: `0.75pt solid ${rule}`,
    paddingTop: 6,
  },
  bottomText: { fontSize: 8.5, lineHeight: 1.5, color: soft },
  pages: {
    position: 'absolute',
    left: 120 * mm,
    right: 19 * mm,
    bottom: 22 * mm,
    textAlign: 'right',
    fontSize: 8.5,
    color: faint,
  },
  code: { fontSize: 10.5, lineHeight: 1.4, fontWeight: 600, letterSpacing: 0.6 },
});

/** Draws the content as A4. The same content gives the same bytes. */
export async function pdfOf(content: Printed, options: { readonly author: string }): Promise<Buffer> {
  await prepareFonts();
  const gaps = new Set<string>();
  return renderToBuffer(paper(content, options.author, gaps));
}

/** A longer paragraph, in characters, may be parted from the signature below it. */
const keepable = 500;

type Print = (line: PrintedLine) => ReactNode[];

function paper(content: Printed, author: string, gaps: Set<string>): ReactElement<object> {
  const clean = (text: string): string => {
    const result = printable(text);
    for (const sign of result.missing) gaps.add(sign);
    return result.text;
  };
  const print: Print = (line) => line.map((run, at) => runOf(run, at, clean));
  const plain: Print = (line) => line.map((run) => (run.kind === 'blank' ? blank : clean(run.text)));
  // Drawn first, so that all characters the font lacks are known when the remark about them is written.
  const body = [
    content.intro.length === 0
      ? null
      : h(
          View,
          { key: 'intro', style: styles.introduction },
          ...content.intro.map((line, at) => paragraph(line, `intro${at}`, print)),
        ),
    ...content.sections.map((section, at) => {
      const last = at === content.sections.length - 1 && content.foot.length > 0;
      return sectionOf(section, at, print, clean, last ? footOf(content.foot, print, clean) : null);
    }),
  ];
  return h(
    Document,
    {
      title: `${content.title} ${content.caseNumber}`,
      author,
      creator: author,
      producer: 'Certflow',
      language: 'zh-CN',
      // A fixed date: the paper says itself when it was filled in, and the same data must give the same file.
      creationDate: new Date(0),
      modificationDate: new Date(0),
    } as object,
    h(
      Page,
      { size: 'A4', style: styles.page },
      text(styles.title, [clean(content.title)]),
      content.subtitle === null ? null : text(styles.subtitle, plain(content.subtitle)),
      ...body,
      bottom(content, plain, gaps),
      h(Text, {
        style: styles.pages,
        fixed: true,
        render: ({ pageNumber, totalPages }) => `第 ${pageNumber} 页，共 ${totalPages} 页`,
      }),
    ),
  );
}

function runOf(run: PrintedRun, at: number, clean: (text: string) => string): ReactNode {
  if (run.kind === 'blank') return blank;
  if (run.kind === 'value') return h(Text, { key: at, style: styles.filled }, clean(run.text));
  return clean(run.text);
}

function text(style: object, children: ReactNode[], key?: string): ReactElement {
  return h(Text, { style, hyphenationPenalty: 10_000, ...(key === undefined ? {} : { key }) } as object, ...children);
}

function paragraph(line: PrintedLine, key: string, print: Print): ReactElement {
  return text(styles.paragraph, print(line), key);
}

/** @param foot stands below the last section, never alone on a page: nobody signs an empty sheet */
function sectionOf(
  section: PrintedSection,
  at: number,
  print: Print,
  clean: (text: string) => string,
  foot: ReactElement | null,
): ReactElement {
  const parts: (ReactElement | null)[] = [
    section.title === null
      ? null
      : h(
          View,
          { style: styles.heading, minPresenceAhead: 60, wrap: false } as object,
          text(styles.headingText, [clean(section.title)]),
          section.hint === null ? null : text(styles.hint, [clean(section.hint)]),
        ),
    ...section.rows.map((row, index) => rowOf(row, index, clean)),
    ...section.paragraphs.map((line, index) => paragraph(line, `p${index}`, print)),
    section.boxes.length === 0
      ? null
      : h(
          View,
          { style: [styles.boxes, section.rows.length > 0 ? { marginTop: 6 } : {}], wrap: false },
          ...section.boxes.map((box, index) =>
            h(
              View,
              {
                key: index,
                style: [styles.box, { minHeight: (box.height ?? 40) * mm }, index > 0 ? { borderLeft: 0 } : {}],
              },
              text(styles.labelText, [clean(box.label)]),
              text(styles.valueText, cellText(box, clean)),
            ),
          ),
        ),
  ];
  const shown = parts.filter((part) => part !== null);
  if (foot !== null) {
    const short = section.paragraphs.at(-1)?.reduce((sum, run) => sum + run.text.length, 0) ?? 0;
    const before = short < keepable ? shown.pop() : undefined;
    shown.push(h(View, { key: 'end', wrap: false }, before, foot));
  }
  return h(View, { key: `section${at}`, style: styles.section }, ...shown);
}

function rowOf(row: readonly PrintedCell[], index: number, clean: (text: string) => string): ReactElement {
  const label = row.length > 2 ? [styles.label, styles.narrowLabel] : styles.label;
  return h(
    View,
    { key: `row${index}`, style: index === 0 ? [styles.row, styles.firstRow] : styles.row, wrap: false },
    ...row.flatMap((cell, at) => [
      cell.label === '' ? null : h(View, { key: `l${at}`, style: label }, text(styles.labelText, [clean(cell.label)])),
      h(
        View,
        { key: `v${at}`, style: [styles.value, { minHeight: (cell.height ?? 0) * mm }] },
        text(styles.valueText, cellText(cell, clean)),
      ),
    ]),
  );
}

/** In a cell the grid says what was filled in; nothing is underlined there, and a gap is left white to be written on. */
function cellText(cell: PrintedCell, clean: (text: string) => string): ReactNode[] {
  if (cell.blank) return [' '];
  if (cell.line.length === 1 && cell.line[0]?.kind === 'blank') return [blank];
  return cell.line.map((run) => (run.kind === 'blank' ? blank : clean(run.text)));
}

/** Signature, date, seal: beside each other and on one page. */
function footOf(cells: readonly PrintedCell[], print: Print, clean: (text: string) => string): ReactElement {
  const height = Math.max(22, ...cells.map((cell) => cell.height ?? 0));
  return h(
    View,
    { key: 'foot', style: styles.foot, wrap: false },
    ...cells.map((cell, at) =>
      h(
        View,
        {
          key: at,
          style: [styles.footCell, { minHeight: height * mm }, at > 0 ? { borderLeft: `0.75pt solid ${rule}` } : {}],
        },
        text(styles.labelText, [clean(cell.label)]),
        cell.line.length === 0 ? null : text(styles.footText, print(cell.line)),
      ),
    ),
  );
}

function bottom(content: Printed, print: Print, gaps: ReadonlySet<string>): ReactElement {
  const qr = content.digest === null ? null : qrPath(`${content.caseNumber} ${content.digest}`);
  const remark = gaps.size === 0 ? null : `字库中没有的字印作 □，请手写补上：${[...gaps].map(codePoint).join('、')}`;
  return h(
    View,
    { style: styles.bottom, fixed: true },
    qr === null
      ? null
      : h(
          Svg,
          { width: 15 * mm, height: 15 * mm, viewBox: `0 0 ${qr.size} ${qr.size}`, style: { marginRight: 10 } },
          h(Path, { d: qr.path, fill: ink }),
        ),
    h(
      View,
      { style: { flex: 1 } },
      content.digest === null
        ? null
        : h(Text, { style: styles.code }, `版本码 ${content.digest}　　业务单号 ${groupedNumber(content.caseNumber)}`),
      content.note === null ? null : text(styles.bottomText, print(content.note)),
      remark === null ? null : text(styles.bottomText, [remark]),
    ),
  );
}

function codePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
