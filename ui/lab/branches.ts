import type { Branch, LabContext, LabEvent, Moment } from './session.ts';

export type { Branch } from './session.ts';

/** The real case takes the place of the one that the definition began. */
export function entered(context: LabContext, event: Extract<LabEvent, { type: 'enter' }>): LabContext {
  const { session, steps } = event;
  return { ...context, isSample: true, refusal: null, failure: null, story: '', moments: [{ session, steps }] };
}

/** The way that is played now, as it is kept beside others. */
export function currentOf({ branch, moments, start, story }: LabContext): Branch {
  return { ...branch, moments, start, story };
}

/** All ways in the order in which they were begun. */
export function branchesOf(context: LabContext): readonly Branch[] {
  return [...context.others, currentOf(context)].sort((one, two) => one.id - two.id);
}

/** Another way from the moment `at` of the one that is played. */
export function parted(context: LabContext, at: number, name: string): LabContext {
  if (at < 0 || at >= context.moments.length) return context;
  const id = Math.max(context.branch.id, ...context.others.map((one) => one.id)) + 1;
  const others = [...context.others, currentOf(context)];
  const moments = context.moments.slice(0, at + 1);
  return { ...context, others, branch: { id, name }, moments, refusal: null, failure: null, withstood: '' };
}

export function switched(context: LabContext, id: number): LabContext {
  const chosen = context.others.find((one) => one.id === id);
  if (chosen === undefined) return context;
  const { moments, start, story, name } = chosen;
  const others = [...context.others.filter((one) => one !== chosen), currentOf(context)];
  return {
    ...context,
    others,
    branch: { id, name },
    moments,
    start,
    story,
    refusal: null,
    failure: null,
    withstood: '',
  };
}

export function renamed(context: LabContext, { branch, name }: Extract<LabEvent, { type: 'rename' }>): LabContext {
  if (context.branch.id === branch) return { ...context, branch: { id: branch, name } };
  return { ...context, others: context.others.map((one) => (one.id === branch ? { ...one, name } : one)) };
}

/** How many moments two ways have in common from the start. */
export function sharedBy(one: readonly Moment[], two: readonly Moment[]): number {
  const until = one.findIndex((moment, index) => moment !== two[index]);
  return until < 0 ? one.length : until;
}
