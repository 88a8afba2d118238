import { expect, test, vi } from 'vitest';
import { definitionFiles } from '../../../bench/definitions.ts';
import { readDefinitionFiles } from '../../../server/cli/files.ts';
import { Ended, inChild } from '../../../server/proving/in-child.ts';

vi.setConfig({ testTimeout: 60_000 });

const files = definitionFiles();
const job = { kind: 'members', files, workflow: 'certificate-new', members: [{}] } as const;
const permit = await readDefinitionFiles('tests/fixtures/prove');

test('what takes too long is ended', async () => {
  await expect(inChild(job, { time: 300 })).rejects.toEqual(new Ended('time'));
});

test('what nobody waits for is ended', async () => {
  const abort = new AbortController();
  const working = inChild(job, { signal: abort.signal });
  setTimeout(() => abort.abort(), 100);
  await expect(working).rejects.toEqual(new Ended('cancelled'));
  await expect(inChild(job, { signal: abort.signal })).rejects.toEqual(new Ended('cancelled'));
});

test('the result comes back as data; what cannot be done is an error, not an end of the server', async () => {
  const { machines } = await inChild({ kind: 'members', files: permit, workflow: 'permit', members: [{}] });
  expect(machines).toMatchObject([{ combinations: 1, violations: [], unfinished: [] }]);
  const broken = inChild({ kind: 'release', files: {}, project: 'nobody', scenarios: {} });
  await expect(broken).rejects.toThrow('nobody does not load');
});
