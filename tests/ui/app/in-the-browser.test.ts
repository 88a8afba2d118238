import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../support/server.ts';

const sources = readdirSync(join(ROOT, 'ui'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'ui', name), 'utf8') }));

test('what stands in the browser is language, looks and shortcuts, and nothing of a person', () => {
  expect(sources.length).toBeGreaterThan(100);
  const storing = sources.filter(({ text }) => /localStorage|sessionStorage|indexedDB|document\.cookie/.test(text));
  // The workbench holds a story that a tester plays with invented data, the studio the text of a project that was not saved yet.
  expect(storing.map(({ name }) => name).sort()).toEqual(
    ['app/modes.ts', 'app/texts/index.ts', 'desk/shortcuts.ts', 'studio/kept-drafts.ts', 'workbench/story.ts'].sort(),
  );
});

test('password fields hide what is typed, and take what is pasted and what a manager fills in', () => {
  const field = sources.find(({ name }) => name === 'hall/text-field.tsx')?.text ?? '';
  expect(field).toMatch(/type=\{[^}]*'password'/);
  expect(field).toContain('autoComplete');
  for (const { name, text } of sources) {
    expect(
      /onPaste|onCopy|onDrop=\{\(event\) => event\.preventDefault/.test(text) && /password/i.test(text),
      name,
    ).toBe(false);
    expect(text, name).not.toMatch(/autoComplete="off"[^>]*secret|secret[^>]*autoComplete="off"/);
  }
});

test('nothing that was typed becomes a page: no raw HTML anywhere', () => {
  for (const { name, text } of sources)
    expect(/dangerouslySetInnerHTML|\.innerHTML\s*=|document\.write\(|insertAdjacentHTML/.test(text), name).toBe(false);
});

test('every page of somebody who is logged in stands in a frame whose menu logs out', () => {
  const textOf = (name: string): string => sources.find((one) => one.name === name)?.text ?? '';
  expect(textOf('app/user-menu.tsx')).toContain('api.logout()');
  for (const frame of ['app/shell.tsx', 'workbench/workbench.tsx'])
    expect(textOf(frame), frame).toContain('<UserMenu />');
  const bare = [...textOf('app/router.tsx').matchAll(/^ {2}\['([^']+)', private_\((\w+)\)\],$/gm)].map(
    ([, path]) => path,
  );
  expect(bare).toEqual(['/desk/*', '/studio/*', '/lab/*', '/staff', '/audit']);
  const rooms = sources.filter(({ name }) => /^(desk|studio|lab|staff|audit)\/.*-page\.tsx$/.test(name));
  expect(rooms.length).toBeGreaterThan(10);
  // The desk's pages share one frame, which is the workbench's.
  expect(textOf('desk/desk-frame.tsx')).toContain('<Workbench');
  expect(rooms.filter(({ text }) => !/<(Workbench|DeskFrame)\b/.test(text)).map(({ name }) => name)).toEqual([]);
});
