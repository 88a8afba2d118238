import { describe, expect, test } from 'vitest';
import { columnsOf, readHead, readRow } from '../../../engine/batch/index.ts';
import { load } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { changed } from '../definitions.ts';

const workflow = 'workflows/book-loan.workflow.yaml';
const batch = 'batch: { title: 批量借阅, shared: [rules], columns: [request, reader.number], send: [NEXT] }';

function withBatch(declared = batch): Definition {
  const { definition, issues } = load(changed(workflow, 'stages: { ask', `${declared}\nstages: { ask`), 'north');
  if (definition === null) throw new Error(JSON.stringify(issues));
  return definition;
}

const columns = columnsOf(withBatch(), {}, {});
const titles = columns.map(({ title }) => title);
const read = (head: string, line: string) => readRow(readHead(columns, head.split(',')), line.split(','));

describe('the columns of a table [BAT-1]', () => {
  test('are the fields that a cell can hold, in their order; one whose sight hangs on the row stays', () => {
    // Of reader only the number stands in it; the scan is a file.
    expect(titles).toEqual(['书名', '书号', '类型', '用途', '证号']);
    expect(columns.map(({ required }) => required)).toEqual([true, true, true, false, true]);
    expect(columns[2]?.choices.map(({ label }) => label)).toContain('图书');
  });

  test('carry the form where two of them would be called the same', () => {
    const both = withBatch(batch.replace('reader.number', 'reader'));
    const named = { ...both, forms: { ...both.forms } };
    const reader = structuredClone(both.forms.reader) as NonNullable<(typeof both.forms)[string]>;
    (reader.properties.name as { title: string }).title = '书名';
    named.forms.reader = reader;
    expect(columnsOf(named, {}, {}).map(({ title }) => title)).toEqual(
      expect.arrayContaining(['借阅申请·书名', '读者·书名', '书号']),
    );
  });

  test('are there only in projects in which the condition holds', () => {
    expect(withBatch(batch.replace('title:', 'if: "!settings.lendRare", title:')).declared.batch).toBeUndefined();
    expect(withBatch(batch.replace('title:', 'if: settings.lendRare, title:')).declared.batch).toBeDefined();
  });
});

describe('a line of a table [BAT-2]', () => {
  test('titles are known as people write them again', () => {
    const head = readHead(columns, ['备注', ' 书 名（必填）', '书号※', 'request.kind', '证号', '证号']);
    expect([...head.places].map(([{ path }, place]) => [path, place])).toEqual([
      ['request.title', 1],
      ['request.isbn', 2],
      ['request.kind', 3],
      ['reader.number', 4],
    ]);
    expect(head.unknown).toEqual(['备注']);
    expect(head.twice.map(({ path }) => path)).toEqual(['reader.number']);
    expect(head.missing.map(({ path }) => path)).toEqual(['request.reason']);
  });

  test('a word of a list becomes its value; what is none stays for the form to tell', () => {
    expect(read('类型,书名', '图书,甲').forms).toEqual({ request: { kind: 'book', title: '甲' } });
    expect(read('类型', 'ｂｏｏｋ').forms).toEqual({ request: { kind: 'book' } });
    expect(read('类型', '唱片').forms).toEqual({ request: { kind: '唱片' } });
  });

  test('what keeps a spreadsheet from counting is taken away; an empty cell is nothing', () => {
    expect(read('书号,证号,书名', '="0012",\t0034,  ').forms).toEqual({
      request: { isbn: '0012' },
      reader: { number: '0034' },
    });
    expect(read('书号', "'9787").forms).toEqual({ request: { isbn: '9787' } });
  });

  test('a number that a spreadsheet has rounded is told, since nobody can undo it', () => {
    expect(read('书号', '9.78712E+12').errors).toMatchObject([{ path: 'request.isbn', keyword: 'batch-cell' }]);
    expect(read('书号', '9787120000000').errors).toEqual([]);
  });
});
