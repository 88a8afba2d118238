import { describe, expect, it } from 'vitest';
import { type Diagram, diagram } from '../../../engine/index.ts';
import { arrowTarget, openedOf } from '../../../ui/diagram/focus.ts';
import { crosses as crossesRect, labelRect, touching } from '../../../ui/diagram/labels.ts';
import { linksOf } from '../../../ui/diagram/links.ts';
import { marksOf } from '../../../ui/diagram/marks.ts';
import { placed } from '../../../ui/diagram/place.ts';
import { labelOf } from '../../../ui/diagram/plan.ts';
import { type Box, drawn, type Picture } from '../../../ui/diagram/route.ts';
import { overviewOf } from '../../../ui/diagram/spine.ts';
import { childrenOf, type Tree, treeOf } from '../../../ui/diagram/tree.ts';
import { pathOf } from '../../../ui/diagram/wire-path.ts';
import { projects } from '../../support/definitions.ts';

const trees = Object.values(projects()).map((definition) => ({
  project: definition.project.id,
  tree: treeOf(diagram(definition)),
}));
const compounds = (tree: Tree) => [...tree.nodes.keys()].filter((id) => childrenOf(tree, id).length > 0);

const made = new WeakMap<Tree, Map<string, Picture>>();

/** Made once: to draw it takes as long as all that is asked of it. */
function pictureOf(tree: Tree, compound: string, room = 980): Picture {
  const known = made.get(tree) ?? new Map<string, Picture>();
  made.set(tree, known);
  const key = `${compound} ${room}`;
  const picture = known.get(key) ?? drawnAnew(tree, compound, room);
  known.set(key, picture);
  return picture;
}

function drawnAnew(tree: Tree, compound: string, room = 980): Picture {
  const found = linksOf(tree, compound);
  return drawn(placed(tree, compound, found), found.links, room);
}

describe.each(trees)('the diagram of $project', ({ tree }) => {
  it('shows every state in the overview, in a panel, or in a region at the foot', () => {
    const overview = overviewOf(tree);
    const { main, side, parallel, region } = overview;
    const inRows = [...main, ...side, ...parallel].map((node) => node.id);
    for (const node of tree.nodes.values()) {
      const isFrame = childrenOf(tree, node.id).some((child) => inRows.includes(child.id));
      const opened = openedOf(tree, overview, [node.id]);
      const inPanel = opened === node.id || opened === node.parent;
      // Where the obligations decide is no place of its own: it is drawn as the way out of each stage.
      const decides = node.kind === 'next' || node.kind === 'decision';
      expect(inRows.includes(node.id) || node === region || isFrame || inPanel || decides, node.id).toBe(true);
    }
    expect(new Set(inRows).size).toBe(inRows.length);
    expect(main.length).toBeGreaterThan(1);
  });

  it('draws every edge of a compound: as a line, as a way out, or as what holds at any time', () => {
    for (const compound of compounds(tree)) {
      const { links, always } = linksOf(tree, compound);
      const drawnEdges = new Set([...links.flatMap((link) => link.edges), ...always]);
      for (const child of childrenOf(tree, compound)) {
        if (childrenOf(tree, child.id).length > 0) continue;
        for (const edge of tree.edges) if (edge.from === child.id) expect(drawnEdges.has(edge), edge.id).toBe(true);
      }
    }
  });

  it('puts no two boxes on each other', () => {
    for (const compound of compounds(tree)) {
      const { boxes, width, height } = pictureOf(tree, compound);
      for (const [index, a] of boxes.entries()) {
        expect(a.x >= 0 && a.x + a.width <= width && a.y >= 0 && a.y + a.height <= height, a.id).toBe(true);
        for (const b of boxes.slice(index + 1)) expect(overlap(a, b), `${a.id} ${b.id}`).toBe(false);
      }
    }
  });

  it('draws lines at right angles, from box to box, through no other box', () => {
    for (const compound of compounds(tree)) {
      const { boxes, wires } = pictureOf(tree, compound);
      for (const { link, points } of wires) {
        const name = `${link.from} -> ${link.to}`;
        expect(points.length, name).toBeGreaterThan(1);
        const [from, to] = [link.from, link.to].map((id) => boxes.find((box) => box.id === id));
        expect(from && touches(from, points[0]), name).toBe(true);
        expect(to && touches(to, points.at(-1)), name).toBe(true);
        for (const [index, point] of points.entries()) {
          const next = points[index + 1];
          if (!next) continue;
          expect(point.x === next.x || point.y === next.y, `${name} is not straight`).toBe(true);
          for (const box of boxes) expect(crosses(box, point, next), `${name} runs through ${box.id}`).toBe(false);
        }
        expect(pathOf(points)).toMatch(/^M[\d.-]+ [\d.-]+/);
      }
    }
  });

  it('writes labels on each other and on boxes nowhere, inside the picture, at any width', () => {
    for (const compound of compounds(tree))
      for (const room of [620, 980]) {
        const { boxes, wires, width } = pictureOf(tree, compound, room);
        const labels = wires.flatMap(({ link, label }) =>
          label === null ? [] : [{ text: labelOf(link), rect: labelRect(link, label) }],
        );
        expect(labels.length).toBe(wires.filter(({ link }) => labelOf(link) !== '').length);
        for (const [index, { text, rect }] of labels.entries()) {
          expect(rect.x >= 0 && rect.x + rect.width <= width, `${compound}: ${text} is outside`).toBe(true);
          for (const box of boxes) expect(touching(rect, box), `${compound}: ${text} on ${box.id}`).toBe(false);
          // Beside each other on one height they would read as one.
          const wide = { ...rect, x: rect.x - 6, width: rect.width + 12 };
          for (const other of labels.slice(index + 1))
            expect(touching(wide, other.rect), `${compound}: ${text} on ${other.text}`).toBe(false);
        }
      }
  }, 120_000);

  it('lets lines run through hardly any label, and the happy path straight', () => {
    let [through, all] = [0, 0];
    for (const compound of compounds(tree)) {
      const { boxes, wires } = pictureOf(tree, compound);
      for (const [index, { link, label, points }] of wires.entries()) {
        const [from, to] = [link.from, link.to].map((id) => boxes.find((box) => box.id === id));
        if (link.main && from?.row === 0 && to?.row === 0 && to.column === from.column + 1)
          expect(points.length, `${link.from} -> ${link.to}`).toBe(2);
        if (label === null) continue;
        all += 1;
        const rect = labelRect(link, label);
        if (wires.some((other, at) => at !== index && crossesRect(other.points, rect))) through += 1;
      }
    }
    expect(through / Math.max(1, all)).toBeLessThan(0.12);
  }, 120_000);

  it('is the same however often it is made', () => {
    for (const compound of compounds(tree).slice(0, 6))
      expect(drawnAnew(tree, compound)).toEqual(pictureOf(tree, compound));
  });
});

describe('the focus', () => {
  const { tree } = trees.find(({ project }) => project === 'inner-mongolia') ?? {
    tree: treeOf({ nodes: [], edges: [] }),
  };
  const overview = overviewOf(tree);

  it('opens the stage from which the project took something away, until something is asked for', () => {
    const opened = openedOf(tree, overview, []);
    expect(childrenOf(tree, opened ?? '').some((node) => node.removed)).toBe(true);
    const leaf = [...tree.nodes.values()].find((node) => node.id.startsWith('main.work.review.'));
    expect(openedOf(tree, overview, [null, leaf?.id ?? null])).toBe('main.work.review');
    expect(openedOf(tree, overview, ['money.unpaid'])).toBe('money');
  });

  it('keeps what was removed apart from the way that is left', () => {
    const removed = [...tree.nodes.values()].filter((node) => node.removed);
    expect(removed.length).toBeGreaterThan(0);
    for (const node of removed) expect(overview.main).not.toContain(node);
  });

  it('moves by arrow keys along edges and among neighbours', () => {
    const [first, second] = childrenOf(tree, 'main.work.review');
    if (!first || !second) throw new Error('no review');
    expect(arrowTarget(tree, first.id, 'ArrowDown')).toBe(second.id);
    expect(arrowTarget(tree, second.id, 'ArrowUp')).toBe(first.id);
    const along = arrowTarget(tree, first.id, 'ArrowRight');
    expect(tree.edges.some((edge) => edge.from === first.id && edge.to === along)).toBe(true);
    expect(arrowTarget(tree, first.id, 'x')).toBe(null);
  });
});

describe('marks', () => {
  const small: Diagram = {
    nodes: ['a', 'a.b', 'a.c', 'd', 'd.e'].map((id) => ({
      id,
      parent: id.includes('.') ? (id.split('.')[0] ?? null) : null,
      title: id,
      kind: 'atomic',
      tile: null,
      removed: false,
      main: false,
    })),
    edges: [],
  };
  const tree = treeOf(small);

  it('make what is around an active state active, and count issues outwards', () => {
    const marks = marksOf(tree, { active: ['a.b'], visited: ['d.e'], problems: new Map([['a.c.on.NEXT', 2]]) });
    expect([...marks.active]).toEqual(['a.b', 'a']);
    expect([...marks.visited]).toEqual(['d.e', 'd']);
    expect([marks.problems.get('a.c'), marks.problems.get('a'), marks.problems.get('d')]).toEqual([2, 2, undefined]);
  });

  it('see a step between two states as one between the boxes around them', () => {
    const { taken } = marksOf(tree, { taken: [['a.b', 'd.e']] });
    expect(taken.has('a d') && taken.has('a.b d.e') && taken.has('a.b d')).toBe(true);
    expect(taken.has('d a')).toBe(false);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function touches(box: Box, point: { x: number; y: number } | undefined): boolean {
  if (!point) return false;
  const inX = point.x >= box.x - 0.5 && point.x <= box.x + box.width + 0.5;
  const inY = point.y >= box.y - 0.5 && point.y <= box.y + box.height + 0.5;
  return inX && inY;
}

/** The line runs through the inside of the box: touching its border is arriving. */
function crosses(box: Box, a: { x: number; y: number }, b: { x: number; y: number }): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return left < box.x + box.width - 1 && right > box.x + 1 && top < box.y + box.height - 1 && bottom > box.y + 1;
}
