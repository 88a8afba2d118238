import { Document, Image, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement, type ReactNode } from 'react';
import { groupedNumber } from '../../engine/index.ts';
import { family, prepareFonts, printable } from '../documents/fonts.ts';
import { hair, ink, mm, rule, soft, tint } from '../documents/paper.ts';
import type { Pack, PackPicture, PackRow, PackSection } from './pack.ts';

/** Sizes in points. `fontSize` and `lineHeight` always stand together, as in documents/pdf.ts. */
const styles = StyleSheet.create({
  page: {
    fontFamily: family,
    color: ink,
    paddingTop: 16 * mm,
    paddingHorizontal: 17 * mm,
    paddingBottom: 20 * mm,
  },
  title: { fontSize: 18, lineHeight: 1.35, fontWeight: 600 },
  section: { marginTop: 14 },
  heading: { fontSize: 11.5, lineHeight: 1.4, fontWeight: 600, marginBottom: 4 },
  row: { flexDirection: 'row', borderBottom: `0.5pt solid ${hair}`, paddingVertical: 3 },
  first: { borderTop: `0.75pt solid ${rule}` },
  label: { width: 34 * mm, paddingRight: 6 },
  labelText: { fontSize: 9, lineHeight: 1.45, color: soft },
  value: { flex: 1 },
  text: { fontSize: 9.5, lineHeight: 1.45 },
  head: { flexDirection: 'row', backgroundColor: tint, borderTop: `0.75pt solid ${rule}`, paddingVertical: 3 },
  cell: { paddingRight: 6 },
  small: { fontSize: 8.5, lineHeight: 1.45 },
  none: { fontSize: 9.5, lineHeight: 1.45, color: soft },
  picture: { marginTop: 14 },
  image: { maxHeight: 205 * mm, objectFit: 'contain', objectPosition: 'left top', marginTop: 4 },
  foot: {
    position: 'absolute',
    left: 17 * mm,
    right: 60 * mm,
    bottom: 10 * mm,
    fontSize: 8,
    lineHeight: 1.4,
    color: soft,
  },
  // A text that is computed for each page must have no `lineHeight`: it would not be drawn.
  pages: {
    position: 'absolute',
    left: 130 * mm,
    right: 17 * mm,
    bottom: 10 * mm,
    textAlign: 'right',
    fontSize: 8,
    color: soft,
  },
});

/** Draws a pack as A4. The same pack gives the same bytes. */
export async function drawPack(pack: Pack): Promise<Buffer> {
  await prepareFonts();
  return renderToBuffer(paper(pack));
}

function paper(pack: Pack): ReactElement<object> {
  const foot = `${pack.title}　${groupedNumber(pack.caseNumber)}　校验码 ${pack.digest.slice(0, 16)}`;
  const page = (key: string, ...children: ReactNode[]): ReactElement =>
    h(
      Page,
      { key, size: 'A4', style: styles.page },
      ...children,
      h(Text, { style: styles.foot, fixed: true }, printable(foot).text),
      h(Text, {
        style: styles.pages,
        fixed: true,
        render: ({ pageNumber, totalPages }) => `第 ${pageNumber} 页，共 ${totalPages} 页`,
      }),
    );
  return h(
    Document,
    {
      title: `${pack.title} ${pack.caseNumber}`,
      author: pack.author,
      creator: pack.author,
      producer: 'Certflow',
      language: 'zh-CN',
      // A fixed date: the paper says itself when it was made.
      creationDate: new Date(0),
      modificationDate: new Date(0),
    } as object,
    page('data', text(styles.title, pack.title), rows(pack.head, 'head'), ...pack.sections.map(section)),
    ...pack.pictures.map((one, at) => page(`picture${at}`, picture(one))),
  );
}

function text(style: object, content: string, key?: string): ReactElement {
  const clean = printable(content === '' ? '—' : content).text;
  return h(Text, { style, hyphenationPenalty: 10_000, ...(key === undefined ? {} : { key }) } as object, clean);
}

function section(one: PackSection, at: number): ReactElement {
  const heading = h(View, { minPresenceAhead: 40, wrap: false } as object, text(styles.heading, one.title));
  return h(
    View,
    { key: `section${at}`, style: styles.section },
    heading,
    ...(one.kind === 'rows' ? [rows(one.rows, 'rows')] : table(one)),
  );
}

function rows(all: readonly PackRow[], key: string): ReactElement {
  return h(
    View,
    { key, style: key === 'head' ? { marginTop: 8 } : {} },
    ...all.map((row, at) =>
      h(
        View,
        { key: at, style: at === 0 ? [styles.row, styles.first] : styles.row, wrap: false },
        h(View, { style: styles.label }, text(styles.labelText, row.label)),
        h(View, { style: styles.value }, text(styles.text, row.text)),
      ),
    ),
  );
}

function table(one: Extract<PackSection, { kind: 'table' }>): ReactElement[] {
  if (one.rows.length === 0) return [text(styles.none, one.none, 'none')];
  const cells = (row: readonly string[], style: object): ReactElement[] =>
    one.columns.map((column, at) =>
      h(View, { key: at, style: [styles.cell, { flex: column.share }] }, text(style, row[at] ?? '')),
    );
  return [
    h(
      View,
      { key: 'columns', style: styles.head, wrap: false },
      ...cells(
        one.columns.map((column) => column.title),
        styles.labelText,
      ),
    ),
    ...one.rows.map((row, at) => h(View, { key: at, style: styles.row, wrap: false }, ...cells(row, styles.small))),
  ];
}

function picture({ title, note, image }: PackPicture): ReactElement {
  return h(
    View,
    { style: styles.picture },
    text(styles.heading, title),
    text(styles.small, note),
    image === null ? null : h(Image, { style: styles.image, src: { data: image, format: 'jpg' } }),
  );
}
