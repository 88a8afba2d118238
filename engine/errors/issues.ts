import { chart } from './issues/chart.ts';
import { composition } from './issues/composition.ts';
import { events } from './issues/events.ts';
import { forms } from './issues/forms.ts';
import { http } from './issues/http.ts';
import { names } from './issues/names.ts';
import { reading } from './issues/reading.ts';

/** Codes of what can be wrong with a definition (`Issue.code`). */
export const issues = { ...reading, ...composition, ...names, ...events, ...chart, ...forms, ...http } as const;

export type IssueCode = keyof typeof issues;
