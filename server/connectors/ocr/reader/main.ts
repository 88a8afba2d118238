/**
 * The reader: a process of its own, since decoders and models meet pictures from anybody. Whatever they do to it, the server lives.
 * It has no secrets, no network to speak to and writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { Answer, Question, Task } from '../reader-process.ts';
import type { Models } from './models.ts';

yieldToOthers();
let models: Promise<Models> | null = null;

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ id, task }: Question) => {
  let answer: Answer;
  try {
    answer = { id, result: await perform(task) };
  } catch (error) {
    answer = { id, failure: (error as Error).message };
  }
  process.send?.(answer);
});

async function perform(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'fields':
      return fieldsOn(task.picture, task.image);
    case 'codes':
      return (await import('./codes.ts')).codesOf(task.image, task.type);
    case 'pages':
      return (await import('./pages.ts')).pagesOf(task.pdf, task.most);
  }
}

/** Modules are loaded by what needs them: a code is read without the models and their runtime. */
async function fieldsOn(kind: string, image: Uint8Array): Promise<unknown> {
  const [{ loadModels }, { decode }, { readFields }] = await Promise.all([
    import('./models.ts'),
    import('./picture.ts'),
    import('./fields.ts'),
  ]);
  models ??= loadModels();
  const picture = await decode(image);
  return readFields(await models, picture, kind);
}

/** The server's work comes first, and when memory runs out this process is the one to go. */
function yieldToOthers(): void {
  try {
    setPriority(5);
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // A system that does not allow it is none the worse.
  }
}
