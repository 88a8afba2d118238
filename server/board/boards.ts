import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { faultOfDays } from '../../engine/check/announcements.ts';
import { type Board, emptyBoard, withBoard } from '../../engine/explain/board.ts';
import chart from '../../engine/model/chart.schema.json' with { type: 'json' };
import type { Definition } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import projectSchema from '../../engine/model/project.schema.json' with { type: 'json' };
import type { Clock } from '../clock.ts';
import { type Fault, invalid } from '../fault.ts';
import { Conflict, type Store } from '../store/store.ts';

/** A board as it is stored, with who changed it last and before. */
export interface StoredBoard extends Board {
  readonly history: readonly { readonly at: number; readonly by: string; readonly note: string }[];
}

export interface Boards {
  load(): Promise<void>;
  /** Somebody else has changed the board of this project. */
  heard(project: string): Promise<void>;
  of(project: string): Promise<{ readonly board: StoredBoard; readonly version: number }>;
  /** In force at once. @throws Fault request-invalid */
  save(project: string, board: Board, given: { by: string; note: string; base: number }): Promise<void>;
  /** The project as people meet it now. */
  effective(project: Definition['project']): Definition['project'];
}

const kind = 'board';
const MOST_HISTORY = 50;
const nothing: StoredBoard = { ...emptyBoard, history: [] };

export function createBoards(store: Store, clock: Clock): Boards {
  const boards = new Map<string, StoredBoard>();
  return {
    async load() {
      for await (const { id, document } of store.listDocuments(kind))
        boards.set(id, document.data as unknown as StoredBoard);
    },
    async heard(project) {
      const stored = await store.readDocument(kind, project);
      if (stored === null) boards.delete(project);
      else boards.set(project, stored.data as unknown as StoredBoard);
    },
    async of(project) {
      const stored = await store.readDocument(kind, project);
      return { board: (stored?.data as unknown as StoredBoard) ?? nothing, version: stored?.version ?? 0 };
    },
    async save(project, board, { by, note, base }) {
      requireBoard(board);
      const { opening, announcements } = board;
      const { history } = boards.get(project) ?? nothing;
      const next: StoredBoard = {
        ...{ opening, announcements },
        history: [{ at: clock.now(), by, note }, ...history].slice(0, MOST_HISTORY),
      };
      try {
        await store.writeDocument(kind, project, next as unknown as Json, base);
      } catch (error) {
        if (error instanceof Conflict)
          throw invalid('别人刚刚改过这里，请重新打开后再改', 'somebody has just changed this; open it again', 409);
        throw error;
      }
      boards.set(project, next);
    },
    effective(project) {
      const board = boards.get(project.id);
      return board === undefined ? project : withBoard(project, board);
    },
  };
}

/** The words of a project file, checked by the very schema of project files. */
const validate = new Ajv2020({ strict: false, allErrors: false, verbose: true })
  .addSchema(chart, 'chart.schema.json')
  .compile({
    type: 'object',
    properties: {
      opening: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            properties: {
              opens: projectSchema.properties.opens,
              closes: projectSchema.properties.closes,
              closed: projectSchema.properties.closed,
            },
            additionalProperties: false,
          },
        ],
      },
      announcements: {
        ...projectSchema.properties.announcements,
        additionalProperties: {
          anyOf: [{ type: 'null' }, projectSchema.properties.announcements.additionalProperties],
        },
      },
    },
    required: ['opening', 'announcements'],
    additionalProperties: false,
    $defs: projectSchema.$defs,
  });

/** @throws Fault request-invalid: which announcement, what of it, how to mend it */
export function requireBoard(board: unknown): asserts board is Board {
  if (!validate(board)) {
    const [first] = (validate.errors ?? []).filter(({ keyword }) => !['anyOf', 'type'].includes(keyword));
    throw refuse(first ?? validate.errors?.[0]);
  }
  const { opening, announcements } = board as Board;
  const { opens, closes } = opening ?? {};
  const first = opens ?? closes;
  const days = first === undefined ? null : faultOfDays({ from: first, until: closes });
  if (days !== null)
    throw invalid('受理时间：请填写真实的日期，结束不能早于开始', 'dates: real days, the last not before the first');
  for (const one of Object.values(announcements)) {
    if (one === null || faultOfDays({ from: one.from, until: one.until }) === null) continue;
    throw invalid(
      `公告“${one.title}”：请填写真实的日期，结束不能早于开始`,
      `announcement “${one.title}”: real days, the last not before the first`,
    );
  }
}

function refuse(error: ErrorObject | undefined): Fault {
  const [, part = '', , field = ''] = (error?.instancePath ?? '').split('/');
  const missing = error?.keyword === 'required' ? String(error.params.missingProperty) : field;
  const where = part === 'opening' ? { zh: '受理时间', en: 'dates' } : { zh: '公告', en: 'announcement' };
  const what: { readonly [field: string]: readonly [string, string] } = {
    title: ['请填写标题，最多 80 个字', 'a title of at most 80 characters'],
    text: ['请填写正文，最多 4000 个字', 'a text of at most 4,000 characters'],
    from: ['请填写开始日期', 'a first day'],
    until: ['结束日期不对', 'a last day that is one'],
    closed: ['请写明为什么不受理，最多 200 个字', 'a reason of at most 200 characters'],
  };
  const [zh, en] = what[missing] ?? ['内容不对，请检查日期和文字', 'something is wrong; check days and texts'];
  return invalid(`${where.zh}：${zh}`, `${where.en}: ${en}`);
}
