import { pause } from './hall.ts';
import { ManualTrouble } from './trouble.ts';
import { type Visitor, visitorOf } from './visitor.ts';

/** How long anything may take that a person would wait for, ms. */
export const PATIENCE = 60_000;

/** Looks until there is something. @throws ManualTrouble with `what`, after a minute */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const limit = Date.now() + PATIENCE;
  while (Date.now() < limit) {
    const found = await look();
    if (found !== null) return found;
    await pause(250);
  }
  throw new ManualTrouble(`等了一分钟，没有等到${what}`);
}

/** Nothing of the case moves by itself any more. */
export async function settled(own: Visitor, caseId: string): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < 4; ) {
    const { revision } = await own.case(caseId);
    quiet = revision === last ? quiet + 1 : 0;
    last = revision;
    await pause(300);
  }
}

/** The case is beyond a revision, and has settled. @throws ManualTrouble with `what` */
export async function moved(own: Visitor, caseId: string, revision: number, what: string): Promise<void> {
  await until(what, async () => ((await own.case(caseId)).revision > revision ? true : null));
  await settled(own, caseId);
}

/** Everybody who takes part, each logged in once. */
export function visitorsOf(base: string): (account: string) => Promise<Visitor> {
  const known = new Map<string, Visitor>();
  return async (account) => {
    const visitor = known.get(account) ?? (await visitorOf(base, account));
    known.set(account, visitor);
    return visitor;
  };
}
