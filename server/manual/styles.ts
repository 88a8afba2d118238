import { StyleSheet } from '@react-pdf/renderer';
import { family } from '../documents/fonts.ts';
import { faint, hair, ink, mm, rule, soft, tint } from '../documents/paper.ts';

const brand = '#17529c';
/** Nothing else in a manual has this colour. */
export const marking = '#b3261e';

/** Width of what is printed, points. */
export const measure = 210 * mm - 2 * 20 * mm;

const above = 24 * mm;
const below = 22 * mm;
/** Height of what is printed on a page, points. */
export const room = 297 * mm - above - below;

/**
 * Sizes in points. As in server/documents/pdf.ts: `fontSize` and `lineHeight` always stand together, and a text that is computed
 * for each page has no `lineHeight`.
 */
export const styles = StyleSheet.create({
  cover: { fontFamily: family, color: ink, paddingHorizontal: 24 * mm, paddingTop: 78 * mm, paddingBottom: 24 * mm },
  coverBar: { width: 18 * mm, height: 3, backgroundColor: brand, marginBottom: 10 * mm },
  coverTitle: { fontSize: 28, lineHeight: 1.35, fontWeight: 600 },
  coverSubtitle: { fontSize: 19, lineHeight: 1.4, color: soft, marginTop: 6 },
  coverFoot: { position: 'absolute', left: 24 * mm, right: 24 * mm, bottom: 26 * mm },
  coverFootText: { fontSize: 10.5, lineHeight: 1.7, color: faint },
  page: {
    fontFamily: family,
    color: ink,
    paddingTop: above,
    paddingHorizontal: 20 * mm,
    paddingBottom: below,
  },
  running: { position: 'absolute', top: 11 * mm, left: 20 * mm, right: 20 * mm },
  runningText: { fontSize: 8.5, lineHeight: 1.4, color: faint, borderBottom: `0.5pt solid ${hair}`, paddingBottom: 4 },
  pages: {
    position: 'absolute',
    left: 20 * mm,
    right: 20 * mm,
    bottom: 11 * mm,
    textAlign: 'center',
    fontSize: 8.5,
    color: faint,
  },
  contentsTitle: { fontSize: 18, lineHeight: 1.4, fontWeight: 600, marginBottom: 4 * mm },
  contentsChapter: { flexDirection: 'row', marginTop: 5, marginBottom: 1 },
  contentsSection: { flexDirection: 'row', paddingLeft: 14 },
  contentsText: { fontSize: 11, lineHeight: 1.5, fontWeight: 600, flex: 1 },
  contentsSmall: { fontSize: 10, lineHeight: 1.5, color: soft, flex: 1 },
  contentsPage: { fontSize: 10, lineHeight: 1.5, color: soft, width: 24, textAlign: 'right' },
  link: { color: ink, textDecoration: 'none' },
  chapter: { fontSize: 17, lineHeight: 1.4, fontWeight: 600, marginTop: 20, marginBottom: 6 },
  section: { fontSize: 12.5, lineHeight: 1.45, fontWeight: 600, marginTop: 14, marginBottom: 6 },
  paragraph: { fontSize: 10.5, lineHeight: 1.75, marginBottom: 4 },
  strong: { fontWeight: 600 },
  item: { flexDirection: 'row', marginBottom: 2 },
  bullet: { fontSize: 10.5, lineHeight: 1.7, width: 13, color: faint },
  count: { fontSize: 10.5, lineHeight: 1.7, width: 18, color: soft },
  itemText: { fontSize: 10.5, lineHeight: 1.7, flex: 1 },
  note: { backgroundColor: tint, borderLeft: `2.5pt solid ${rule}`, padding: 8, marginTop: 6, marginBottom: 4 },
  noteTitle: { fontSize: 10.5, lineHeight: 1.6, fontWeight: 600 },
  noteText: { fontSize: 10, lineHeight: 1.65, color: soft },
  table: { marginTop: 4, marginBottom: 6 },
  // Lines belong to rows: where a table goes on over the page none of them hangs in the air.
  row: { flexDirection: 'row', borderBottom: `0.75pt solid ${rule}`, borderLeft: `0.75pt solid ${rule}` },
  headRow: { borderTop: `0.75pt solid ${rule}` },
  cell: { borderRight: `0.75pt solid ${rule}`, paddingVertical: 3.5, paddingHorizontal: 5 },
  headCell: { backgroundColor: tint },
  cellText: { fontSize: 9, lineHeight: 1.5 },
  headText: { fontSize: 9, lineHeight: 1.5, fontWeight: 600, color: soft },
  step: { marginTop: 12 },
  stepHead: { flexDirection: 'row', alignItems: 'flex-start', marginBottom: 4 },
  stepCount: {
    width: 20,
    height: 20,
    borderRadius: 10,
    backgroundColor: brand,
    alignItems: 'center',
    justifyContent: 'center',
    marginRight: 8,
  },
  stepCountText: { fontSize: 10.5, lineHeight: 1.3, fontWeight: 600, color: '#ffffff' },
  stepTitle: { fontSize: 12, lineHeight: 1.65, fontWeight: 600, flex: 1 },
  caption: { fontSize: 10, lineHeight: 1.6, color: soft, marginTop: 4 },
  stepBody: { paddingLeft: 28 },
  figure: { marginTop: 6, marginBottom: 6 },
  figures: { flexDirection: 'row', marginTop: 6, marginBottom: 6 },
  frame: { position: 'relative', border: `0.75pt solid ${hair}` },
  marked: { position: 'absolute', border: `1.5pt solid ${marking}`, borderRadius: 3 },
  badge: {
    position: 'absolute',
    width: 12,
    height: 12,
    borderRadius: 6,
    backgroundColor: marking,
    alignItems: 'center',
    justifyContent: 'center',
  },
  badgeText: { fontSize: 7.5, lineHeight: 1.2, fontWeight: 600, color: '#ffffff' },
  legend: { flexDirection: 'row', flexWrap: 'wrap', marginTop: 3 },
  legendItem: { flexDirection: 'row', alignItems: 'center', marginRight: 12, marginBottom: 1 },
  legendBadge: {
    width: 11,
    height: 11,
    borderRadius: 5.5,
    backgroundColor: marking,
    alignItems: 'center',
    justifyContent: 'center',
    marginRight: 3,
  },
  legendText: { fontSize: 9, lineHeight: 1.5, color: soft },
});
