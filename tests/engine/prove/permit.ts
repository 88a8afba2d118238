import { readFileSync } from 'node:fs';
import type { Files } from '../../../engine/model/definition.ts';

/** A small sound process in which faults are seeded. */
export const permit: Files = Object.fromEntries(
  [
    'workflows/permit.workflow.yaml',
    'workflows/permit.settings.json',
    'workflows/projects/north.project.yaml',
    'forms/request.form.json',
  ].map((path) => [path, readFileSync(new URL(`../../fixtures/prove/${path}`, import.meta.url), 'utf8')]),
);
