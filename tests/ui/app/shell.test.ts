import { describe, expect, it } from 'vitest';
import { infoOf } from '../../../ui/app/hall-info.tsx';
import { learnNow, now } from '../../../ui/app/now.ts';
import { isCurrent } from '../../../ui/app/shell.tsx';
import { roomsOf } from '../../../ui/app/user-menu.tsx';
import { filterOf } from '../../../ui/hall/cases/cases-page.tsx';
import { safeNext } from '../../../ui/hall/login-page.tsx';

describe('the hall as its content writes it', () => {
  const info = (content: object) =>
    infoOf(
      { kind: 'ready', data: { lists: [], name: 'Hall', content: content as never, projects: [] } },
      () => undefined,
    );

  it('draws no menu entry without an address: it is only a word for texts', () => {
    const { menus } = info({
      menus: [
        { id: 'a', title: 'A', to: '/' },
        { id: 'b', title: 'B' },
      ],
    });
    expect(menus).toEqual([{ title: 'A', to: '/' }]);
  });

  it('stands without any content, and with content of another shape', () => {
    expect(info({})).toMatchObject({ name: 'Hall', menus: [], notices: [], support: {} });
    expect(info({ menus: 'x', support: [], notices: { a: 1 } })).toMatchObject({ menus: [], support: {} });
  });
});

describe('rooms', () => {
  it('are those that the server says, whatever else it says', () => {
    expect(roomsOf({ abilities: ['apply', 'money'] })).toEqual([]);
    expect(roomsOf({ abilities: ['lab', 'studio', 'desk'] })).toEqual(['desk', 'studio', 'lab']);
    expect(roomsOf({ abilities: ['audit', 'staff'] })).toEqual(['staff', 'audit']);
  });
});

describe('the way after logging in', () => {
  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', null])(
    'never leaves the hall: %s',
    (next) => expect(safeNext(next)).toBeNull(),
  );
  it('keeps a path of our own with its query', () => expect(safeNext('/cases/1?do=CODE')).toBe('/cases/1?do=CODE'));
});

describe('the current menu entry', () => {
  it('is the start page also on the projects, and the list also on a case', () => {
    expect(isCurrent('/', '/p/one')).toBe(true);
    expect(isCurrent('/', '/cases')).toBe(false);
    expect(isCurrent('/cases', '/cases/1')).toBe(true);
  });
});

describe('the filter of the list', () => {
  it('takes only its own parameters that say something', () => {
    const params = new URLSearchParams('number= 45 &status=&evil=1&page=3&from=2026-01-01');
    expect(filterOf(params)).toEqual({ number: '45', page: 3, from: '2026-01-01' });
    expect(filterOf(new URLSearchParams('page=0'))).toEqual({});
    expect(filterOf(new URLSearchParams('page=x'))).toEqual({});
  });
});

describe("the server's time", () => {
  it('is learned from its answers, and small differences are left alone', () => {
    const ahead = Date.now() + 3 * 24 * 3_600_000;
    learnNow(new Date(ahead).toUTCString());
    expect(Math.abs(now() - ahead)).toBeLessThan(5000);
    learnNow('nonsense');
    learnNow(null);
    expect(Math.abs(now() - ahead)).toBeLessThan(5000);
    learnNow(new Date(Date.now() + 900).toUTCString());
    expect(Math.abs(now() - Date.now())).toBeLessThan(5);
  });
});
