import { expect, test } from 'vitest';
import { loadAll } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { deedsOf } from '../../../server/manual/deeds.ts';
import { readReleaseFiles } from '../../../server/releases/files.ts';
import { loan } from '../../engine/run/support.ts';

test('the usual way of a project: who does what, by which door; a link is opened by whoever goes on with it', async () => {
  const { projects } = loadAll(await readReleaseFiles('.'));
  const told = deedsOf(projects.szmg as Definition).map((deed) =>
    deed.kind === 'time' || deed.kind === 'next'
      ? deed.kind
      : deed.kind === 'outside'
        ? deed.event
        : `${deed.account} ${deed.event}${deed.via ? ' by link' : ''}`,
  );
  expect(told.slice(0, 7)).toEqual([
    ...Array.from({ length: 5 }, () => 'applicant NEXT'),
    'applicant ID_UPLOADED by link',
    'applicant ORDER',
  ]);
  expect(told).toContain('reviewer APPROVE');
  expect(told).not.toContain('SCANNED');
});

test('a business of another kind has a way too', () => {
  expect(deedsOf(loan()).length).toBeGreaterThan(1);
});
