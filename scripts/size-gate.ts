/**
 * Builds the pages and weighs them: what an applicant's browser fetches before the first step of a wizard can be used is at most
 * 180 kB of gzipped script, and nothing of the studio's editor or the diagram is in it. Counted from the build's own graph, so that
 * it needs no server and no browser; `tests/e2e/hall-quality` measures the same in one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { standaloneValidators } from '../engine/forms/index.ts';
import type { FormSchema } from '../engine/model/definition.ts';

/** kB of gzipped script, validators of the forms included. */
const limit = 180;

/** What is fetched by other people, on other devices, later, or when it is asked for; what only these reach is not weighed. */
const aside = [
  'ui/app/again-dialog.tsx',
  'ui/app/bell.tsx',
  'ui/desk/index.tsx',
  'ui/studio/index.tsx',
  'ui/staff/index.tsx',
  'ui/audit/index.tsx',
  'ui/lab/index.tsx',
  'ui/phone/phone-page.tsx',
  'ui/hall/account-page.tsx',
  'ui/hall/account/acting-menu.tsx',
  'ui/hall/account/invite-page.tsx',
  'ui/hall/account/jump-page.tsx',
  'ui/hall/account/login-more.tsx',
  'ui/hall/account/reset-page.tsx',
  'ui/hall/account/second-step.tsx',
  'ui/hall/account/sms-login.tsx',
  'ui/hall/announcements/announcements-page.tsx',
  'ui/hall/batch/batch-page.tsx',
  'ui/hall/batch/report-page.tsx',
  'ui/hall/batch/table-page.tsx',
  'ui/hall/case/earlier-panel.tsx',
  'ui/hall/case/hand-on.tsx',
  'ui/hall/case/redo-panel.tsx',
  'ui/hall/case/related-panel.tsx',
  'ui/hall/case/talk-panel.tsx',
  'ui/hall/case/timeline.tsx',
  'ui/hall/faq-page.tsx',
  'ui/hall/signature/signature-page.tsx',
  'ui/hall/cases/cases-page.tsx',
  'ui/hall/messages/messages-page.tsx',
  'ui/form/picture/prepare.ts',
  'ui/app/texts/en.ts',
  'ui/app/texts/mark-chinese.ts',
  'node_modules/qrcode/lib/browser.js',
];

/** What must never be in it, whatever it weighs. */
const never = [
  'ui/studio/',
  'ui/diagram/',
  'ui/desk/',
  'ui/lab/',
  'node_modules/@codemirror/',
  'node_modules/pdfjs-dist/',
];

const built = await build({ logLevel: 'warn' });
const chunks = new Map<string, Rolldown.OutputChunk>();
for (const one of Array.isArray(built) ? built : [built])
  if ('output' in one) for (const file of one.output) if (file.type === 'chunk') chunks.set(file.fileName, file);

const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.facadeModuleId?.endsWith('/ui/index.html'));
if (!entry) throw new Error('The build has no entry ui/index.html');
const facades = new Set([...chunks.values()].map(facadeOf));
const gone = aside.filter((place) => !facades.has(place));
if (gone.length > 0) throw new Error(`These are no chunks of their own any more: ${gone.join(', ')}`);
const fetched = reach(entry);
const modules = fetched.flatMap((chunk) => Object.keys(chunk.modules).map((id) => relative('.', id)));
if (!modules.includes('ui/hall/case/case-page.tsx') || !modules.includes('ui/form/store.ts'))
  throw new Error('The page of a case and the renderer are not among what was weighed: the gate sees too little');

const weights = fetched.map((chunk) => [chunk.fileName, weight(chunk.code)] as const).sort((a, b) => b[1] - a[1]);
const validators = weight(standaloneValidators(allForms()));
const total = weights.reduce((sum, [, kB]) => sum + kB, validators);
for (const [name, kB] of [...weights, ['validators of every form', validators] as const])
  console.log(`${kB.toFixed(1).padStart(7)} kB  ${name}`);
console.log(`${total.toFixed(1).padStart(7)} kB  of ${limit} before the first step`);

const misplaced = modules.filter((id) => never.some((place) => id.startsWith(place)));
for (const id of misplaced)
  console.error(`${id} is fetched before the first step; import it where it is needed: import()`);
if (total > limit) console.error(`${(total - limit).toFixed(1)} kB too many before the first step`);
process.exitCode = misplaced.length > 0 || total > limit ? 1 : 0;

/** The chunk, what it imports, and what it may import later, but for the rooms of others. */
function reach(from: Rolldown.OutputChunk): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const waiting = [from];
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    for (const name of chunk.imports) waiting.push(...known(name));
    for (const name of chunk.dynamicImports)
      waiting.push(...known(name).filter((one) => !aside.includes(facadeOf(one))));
  }
  return [...found];
}

function known(name: string): Rolldown.OutputChunk[] {
  const chunk = chunks.get(name);
  return chunk ? [chunk] : [];
}

/** The file whose import() made the chunk; its common name from the root. */
function facadeOf(chunk: Rolldown.OutputChunk): string {
  return relative('.', chunk.facadeModuleId?.replace(/^\0|\?.*$/g, '') ?? '');
}

function weight(code: string): number {
  return gzipSync(code).length / 1024;
}

function allForms(): { [id: string]: FormSchema } {
  const files = readdirSync('forms').filter((file) => file.endsWith('.form.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.replace('.form.json', ''),
      JSON.parse(readFileSync(`forms/${file}`, 'utf8')) as FormSchema,
    ]),
  );
}
