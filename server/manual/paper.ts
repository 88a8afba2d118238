import { Document, Link, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createElement as h, type ReactElement } from 'react';
import { type Manual, numeral, type Section, type Step } from '../../engine/manual/index.ts';
import { prepareFonts, printable } from '../documents/fonts.ts';
import { blocksOf, type Print, picturesOf } from './blocks.ts';
import { halves } from './camera.ts';
import { figuresOf } from './figures.ts';
import { type Fit, fitted } from './fitting.ts';
import { endless, laidOut, layoutIn } from './sheet.ts';
import { room, styles } from './styles.ts';
import type { Shot } from './walk.ts';

/** What stands on the cover besides the titles. */
export interface Imprint {
  /** Name of the hall. */
  readonly hall: string;
  readonly hotline: string;
  /** Hash of the definition that the manual tells. */
  readonly release: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** What one setting is told by those before it. */
interface Setting {
  readonly scales: Fit['scales'];
  /** Page of each heading, as it is set. */
  readonly found: Map<string, number>;
  /** The same of the setting before, for the contents. */
  readonly known: ReadonlyMap<string, number>;
  /** On a sheet without an end, and told how everything lies on it. */
  readonly laid?: (layout: unknown) => void;
}

/** The manual as A4: cover, contents, chapters with their pictures. The same manual and pictures give the same bytes. */
export async function paperOf(manual: Manual, shots: readonly Shot[], imprint: Imprint): Promise<Buffer> {
  await prepareFonts();
  const none = new Map<string, number>();
  // First on one long sheet: how much room a picture finds is known when everything has been measured.
  let layout: unknown;
  const laid = (found: unknown) => {
    layout = found;
  };
  await renderToBuffer(paper(manual, shots, imprint, { scales: new Map(), found: new Map(), known: none, laid }));
  const { scales, cuts } = fitted(laidOut(layout), room);
  const cut = await Promise.all(shots.map((shot) => cutShot(shot, cuts)));
  // Then twice: where a chapter stands is known when it has been set.
  const pages = new Map<string, number>();
  await renderToBuffer(paper(manual, cut, imprint, { scales, found: pages, known: none }));
  return renderToBuffer(paper(manual, cut, imprint, { scales, found: new Map(pages), known: pages }));
}

async function cutShot(shot: Shot, cuts: Fit['cuts']): Promise<Shot> {
  const pictures = await Promise.all(
    shot.pictures.map((picture) => {
      const at = cuts.get(picture);
      return at === undefined ? [picture] : halves(picture, at);
    }),
  );
  return { ...shot, pictures: pictures.flat() };
}

function paper(
  manual: Manual,
  shots: readonly Shot[],
  imprint: Imprint,
  { scales, found, known, laid }: Setting,
): ReactElement<object> {
  const clean = (text: string) => printable(text).text;
  const told = manual.chapters.flatMap(({ sections }) => sections.flatMap((section) => section.states ?? []));
  const print: Print = {
    ...{ clean, scales },
    shotsOf: (step) => shotsOf(step, manual, shots),
    // What a question shows is not shown again.
    accidentsOf: (states) => accidentsAt(states, shots).filter((shot) => !shot.states.some((at) => told.includes(at))),
  };
  const { title, subtitle, chapters } = manual;
  return h(
    Document,
    {
      ...{ title: `${title}${subtitle}`, author: imprint.hall, creator: imprint.hall, producer: 'Certflow' },
      ...{ language: 'zh-CN', pageMode: 'useOutlines' },
      // The date stands on the cover; the same manual must give the same file.
      ...{ creationDate: new Date(0), modificationDate: new Date(0) },
      ...(laid === undefined ? {} : { onRender: (told: object) => laid(layoutIn(told)) }),
    } as object,
    h(
      Page,
      { size: 'A4', style: styles.cover },
      h(View, { style: styles.coverBar }),
      h(Text, { style: styles.coverTitle }, clean(title)),
      h(Text, { style: styles.coverSubtitle }, clean(subtitle)),
      h(
        View,
        { style: styles.coverFoot },
        ...[
          imprint.hall,
          ...(imprint.hotline === '' ? [] : [`客户服务热线 ${imprint.hotline}`]),
          `按流程版本 ${imprint.release.slice(0, 8)} 生成，${imprint.date}`,
        ].map((line, at) => h(Text, { key: at, style: styles.coverFootText }, clean(line))),
      ),
    ),
    h(
      Page,
      { size: 'A4', style: styles.page },
      ...running(title, subtitle, clean),
      h(Text, { style: styles.contentsTitle }, '目录'),
      ...chapters.flatMap((chapter, at) => [
        contents(`c${at}`, `${numeral(at + 1)}、${chapter.title}`, known, clean, true),
        ...chapter.sections.map((section, index) =>
          contents(`c${at}.${index}`, `（${numeral(index + 1)}）${section.title}`, known, clean, false),
        ),
      ]),
    ),
    h(
      Page,
      { size: laid === undefined ? 'A4' : endless, style: styles.page },
      ...running(title, subtitle, clean),
      ...chapters.flatMap((chapter, at) => [
        heading(`c${at}`, `${numeral(at + 1)}、${chapter.title}`, styles.chapter, found, clean),
        ...blocksOf(chapter.blocks, print, `c${at}b`),
        ...chapter.sections.flatMap((section, index) => [
          heading(`c${at}.${index}`, `（${numeral(index + 1)}）${section.title}`, styles.section, found, clean),
          ...sectionOf(section, shots, print, `c${at}.${index}`),
        ]),
      ]),
    ),
  );
}

function sectionOf(section: Section, shots: readonly Shot[], print: Print, key: string): readonly ReactElement[] {
  const place = section.id === 'entrance' ? 'entrance' : section.id === 'statuses' ? 'list' : null;
  const figures = shots
    .filter((shot) => shot.place === place)
    .flatMap((shot) => figuresOf(shot, print.clean, print.scales));
  return [
    ...blocksOf(section.blocks, print, `${key}b`),
    ...figures.map((figure, at) => h(View, { key: `${key}f${at}`, style: styles.stepBody }, figure)),
    ...picturesOf(accidentsAt(section.states ?? [], shots), `${key}a`, print),
  ];
}

function accidentsAt(states: readonly string[], shots: readonly Shot[]): readonly Shot[] {
  return shots.filter(
    (shot) =>
      shot.place === 'accident' && shot.states.some((at) => states.some((state) => distance(state, at) !== null)),
  );
}

/** The pictures of a step: those taken at its own states, else at one inside or around them that no other step is nearer to. */
function shotsOf(step: Step, manual: Manual, shots: readonly Shot[]): readonly Shot[] {
  const steps = manual.chapters
    .flatMap(({ sections }) => sections.flatMap(({ blocks }) => blocks))
    .flatMap((block) => (block.kind === 'steps' ? block.steps : []));
  return shots.filter((shot) => ['case', 'mishap'].includes(shot.place) && nearest(shot, steps) === step);
}

function nearest(shot: Shot, steps: readonly Step[]): Step | null {
  let best: { readonly step: Step; readonly far: number } | null = null;
  for (const step of steps)
    for (const state of step.states)
      for (const at of shot.states) {
        const far = distance(state, at);
        if (far !== null && (best === null || far < best.far)) best = { step, far };
      }
  return best?.step ?? null;
}

/** How many levels lie between two states of which one is inside the other; null when neither is. */
function distance(one: string, other: string): number | null {
  if (one !== other && !one.startsWith(`${other}.`) && !other.startsWith(`${one}.`)) return null;
  return Math.abs(one.split('.').length - other.split('.').length);
}

function heading(
  id: string,
  text: string,
  style: (typeof styles)['chapter'],
  found: Map<string, number>,
  clean: (text: string) => string,
): ReactElement {
  return h(
    View,
    { key: id, id, minPresenceAhead: 90, wrap: false, bookmark: clean(text) } as object,
    h(Text, { style }, clean(text)),
    h(Text, {
      style: { position: 'absolute', fontSize: 1 },
      render: ({ pageNumber }) => {
        found.set(id, pageNumber);
        return '';
      },
    }),
  );
}

function contents(
  id: string,
  text: string,
  known: ReadonlyMap<string, number>,
  clean: (text: string) => string,
  isChapter: boolean,
): ReactElement {
  return h(
    Link,
    { key: id, src: `#${id}`, style: styles.link },
    h(
      View,
      { style: isChapter ? styles.contentsChapter : styles.contentsSection },
      h(Text, { style: isChapter ? styles.contentsText : styles.contentsSmall }, clean(text)),
      h(Text, { style: styles.contentsPage }, String(known.get(id) ?? 0)),
    ),
  );
}

function running(title: string, subtitle: string, clean: (text: string) => string): readonly ReactElement[] {
  return [
    h(
      View,
      { key: 'running', style: styles.running, fixed: true },
      h(Text, { style: styles.runningText }, clean(`${title}　${subtitle}`)),
    ),
    h(Text, {
      key: 'pages',
      style: styles.pages,
      fixed: true,
      render: ({ pageNumber, totalPages }) => `第 ${pageNumber} 页，共 ${totalPages} 页`,
    }),
  ];
}
