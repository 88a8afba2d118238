import { describe, expect, it } from 'vitest';
import { loadAll } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { definitionFiles, formFiles, parsed } from './definition-files.ts';

const files = definitionFiles();
const { projects } = loadAll(files);
const forms = formFiles(files);
const content = Object.fromEntries(
  parsed(files, /^workflows\/content\/([A-Za-z]+)\.zh-CN\.yaml$/).map(({ id, data }) => [id, data]),
);
const workflows = parsed(files, /^workflows\/(?:fragments\/)?([a-z-]+)\.(?:workflow|fragment)\.yaml$/);
const documents = parsed(files, /^forms\/documents\/([A-Za-z]+)\.document\.yaml$/);

/** Every value that stands under this key, at any depth. */
function under(key: string, value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(key, item));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...under(key, inner)]);
}

function isField(path: string): boolean {
  const [form, field, ...rest] = path.split('.');
  return rest.length === 0 && forms[form!] !== undefined && (field === undefined || field in forms[form!]!.properties);
}

describe('content names only what exists', () => {
  it('has files to look at', () => {
    expect(workflows.length).toBeGreaterThanOrEqual(3);
    expect(Object.keys(forms).length).toBeGreaterThan(20);
    expect(documents.length).toBeGreaterThanOrEqual(4);
  });

  it('every article of a task is an article with a title', () => {
    const named = workflows.flatMap(({ data }) => under('task', data)).flatMap((task) => under('content', task));
    expect(named.length).toBeGreaterThan(3);
    for (const article of named) expect(content[String(article)]?.title, String(article)).toBeTypeOf('string');
  });

  it('every agreement of a form has a title, a version and a text', () => {
    const named = Object.values(forms)
      .flatMap((form) => under('x-agreement', form as unknown as JsonObject))
      .flat();
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const id of named)
      expect(content.agreements?.[String(id)], String(id)).toMatchObject({
        title: expect.any(String),
        version: expect.stringMatching(/./),
        text: expect.stringMatching(/./),
      });
  });

  it('every example of a file slot is there', () => {
    const named = Object.values(forms).flatMap((form) => under('example', form as unknown as JsonObject));
    for (const id of named) expect(content.examples, String(id)).toHaveProperty([String(id)]);
  });

  it('reasons, help and printed documents name forms and fields that exist', () => {
    const named = [
      ...Object.keys(content.reasons?.fields as JsonObject),
      ...Object.keys(content.help ?? {}).filter((key) => key !== 'language'),
      ...documents.flatMap(({ data }) => (data.about ?? []) as string[]),
    ];
    expect(named.filter((path) => !isField(path))).toEqual([]);
  });

  it('every language of a content has the same keys', () => {
    for (const { id, data } of parsed(files, /^workflows\/content\/([A-Za-z]+)\.en\.yaml$/))
      expect(Object.keys(data), id).toEqual(Object.keys(content[id] ?? {}));
  });
});

describe('a scan carries the digest of what is printed', () => {
  it.each([
    ['certificate-new', 'signed', 'applicationForm'],
    ['archive-copy', 'requestSigned', 'copyRequestForm'],
  ])('%s: the fact %s is about exactly the data of %s', (workflow, fact, document) => {
    const project = Object.values(projects).find((each) => each.workflow.id === workflow);
    expect(project?.declared.facts[fact]?.about).toEqual(documents.find(({ id }) => id === document)?.data.about);
  });
});

describe('voice', () => {
  it('no text speaks of 温馨提示, 亲, 请知悉 or shouts', () => {
    const loud = Object.entries(files).filter(([, text]) => /温馨提示|请知悉|亲，|！/.test(text));
    expect(loud.map(([path]) => path)).toEqual([]);
  });
});

describe('projects', () => {
  it('inner-mongolia is under ten lines', () => {
    expect(files['workflows/projects/inner-mongolia.project.yaml']?.trim().split('\n').length).toBeLessThan(10);
  });

  it('each has a number of its own and at least one scenario', () => {
    const projects = parsed(files, /^workflows\/projects\/([a-z-]+)\.project\.yaml$/);
    const numbers = projects.map(({ data }) => data.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const told = parsed(files, /^workflows\/scenarios\/(.+)\.scenario\.yaml$/).flatMap(({ data }) => data.project);
    for (const { id } of projects) expect(told).toContain(id);
  });
});

describe('short messages', () => {
  const notices = workflows.flatMap(({ id, data }) =>
    Object.entries((data as { notices?: { [name: string]: JsonObject } }).notices ?? {})
      .filter(([, notice]) => notice.sms !== undefined)
      .map(([name, { text }]) => ({ name: `${id}.${name}`, text: String(text) })),
  );

  it('say who sends them, and are three parts long at most with what usually fills them', () => {
    expect(notices.length).toBeGreaterThan(15);
    for (const { name, text } of notices) {
      expect(text, name).toMatch(/^【\{settings\.(smsSign|officeName)\}】/);
      const places = text.match(/\{[^}]+\}/g) ?? [];
      const fixed = [...text.replace(/\{[^}]+\}/g, '')].length;
      // 67 characters a part; a place is a name, a number, a date or the title of a menu.
      expect(fixed + places.length * 12, name).toBeLessThanOrEqual(3 * 67);
    }
  });
});
