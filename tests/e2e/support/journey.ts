import type { FileReference } from '../../../engine/contract/routes.ts';
import type { CaseView } from '../../../engine/contract/view.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { type Forms, logIn, type Person, samplePath, visitor } from './people.ts';
import { eventually, type OutsideWorld } from './sandbox.ts';

/** Waits until the case shows this label to this person. @returns the view */
export function untilLabel(person: Person, id: string, label: string): Promise<CaseView> {
  return untilView(person, id, `“${label}”`, (view) => view.status.label === label);
}

export async function untilView(
  person: Person,
  id: string,
  what: string,
  holds: (view: CaseView) => boolean,
): Promise<CaseView> {
  let last = '';
  try {
    return await eventually(what, async () => {
      const view = await person.case(id);
      last = `${view.status.label}; offers ${offersOf(view).join(', ')}`;
      return holds(view) ? view : null;
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}; the case is at ${last}`);
  }
}

/** Events that this person can send now. */
export function offersOf(view: CaseView): string[] {
  return view.tasks.flatMap((task) =>
    task.offers.filter((offer) => offer.blockers.length === 0).map((offer) => offer.event),
  );
}

/** A case of the master process under way, driven over HTTP. Each step begins where the one before it ended. */
export interface Journey {
  readonly id: string;
  readonly number: string;
  readonly applicant: Person;
  /** Agreements, forms, printing, uploads: to the QR code of the handler's check. */
  fillIn(forms?: Forms): Promise<void>;
  /** The phone's part: to the order. */
  verifyHandler(card?: { readonly picture: string; readonly values: JsonObject }): Promise<void>;
  /** Order and payment: to the small transfer and what follows it. */
  pay(): Promise<void>;
  /** The code from the statement: to the review. */
  enterCode(): Promise<void>;
  /** A reviewer claims it. @returns the reviewer */
  claim(account?: string): Promise<Person>;
}

export async function beginJourney(base: string, world: OutsideWorld, project: string): Promise<Journey> {
  const applicant = await logIn(base, 'applicant');
  const id = await applicant.start(project);
  const { number } = await applicant.case(id);

  return {
    id,
    number,
    applicant,
    async fillIn(forms = {}) {
      await applicant.send(id, 'NEXT');
      await applicant.send(id, 'NEXT', { forms });
      await applicant.send(id, 'NEXT', { forms });
      await applicant.send(id, 'NEXT');
      await applicant.send(id, 'NEXT');
    },
    async verifyHandler(card) {
      const view = await untilView(applicant, id, 'the link', (one) => linkOf(one) !== null);
      const token = linkOf(view)?.split('/').at(-1) ?? '';
      const phone = await visitor(base);
      await phone.call('POST', `/api/links/${token}`, {});
      const front = card && (await phone.upload(id, 'agentId', 'front', card.picture));
      const agentId = front && { ...card.values, front: asJson(front) };
      await phone.send(id, 'ID_UPLOADED', agentId ? { over: { agentId } } : {});
      await untilView(applicant, id, 'the order', (one) => offersOf(one).includes('ORDER'));
    },
    async pay() {
      await applicant.send(id, 'ORDER');
      const order = await eventually('an order', async () => (await world.orders(number)).at(-1));
      await world.pay(order.number);
    },
    async enterCode() {
      await untilView(applicant, id, 'the code', (one) => offersOf(one).includes('CODE'));
      const code = await world.remark(number);
      await applicant.send(id, 'CODE', { data: { code } });
    },
    async claim(account = 'reviewer') {
      const reviewer = await logIn(base, account);
      await reviewer.send(id, 'CLAIM');
      return reviewer;
    },
  };
}

/**
 * The same with pictures on which stands what was typed, but for the house's number, which was typed otherwise: what a reviewer
 * has to see.
 */
export async function picturedJourney(base: string, world: OutsideWorld, project = 'szmg'): Promise<Journey> {
  const journey = await beginJourney(base, world, project);
  const { applicant, id } = journey;
  await applicant.send(id, 'NEXT');
  await applicant.send(id, 'NEXT');
  const name = '示例市远景影视文化有限公司';
  await applicant.send(id, 'NEXT', {
    over: {
      organization: { name, number: '91990000MA0YJYT01G', address: '示例省示例市示例区示例路 6 号 3 栋 2301' },
      legalRep: { name: '李示例' },
      agent: { name: '张示例', idNumber: '990000199206200025' },
      bank: { accountName: name },
    },
  });
  await applicant.send(id, 'NEXT');
  const licence = await applicant.upload(id, 'documents', 'businessLicence', samplePath('business-licence'));
  await applicant.send(id, 'NEXT', { over: { documents: { businessLicence: asJson(licence) } } });
  const values = { name: '张示例', number: '990000199206200025' };
  await journey.verifyHandler({ picture: samplePath('id-front-agent'), values });
  await journey.pay();
  await journey.enterCode();
  await untilLabel(applicant, id, '待审核');
  return journey;
}

const asJson = (file: FileReference): JsonObject => ({ ...file });

/** Address of the one-time link that a task shows. */
export function linkOf(view: CaseView): string | null {
  for (const task of view.tasks)
    for (const section of task.sections) if (section.kind === 'link' && section.url) return section.url;
  return null;
}

/** A case of the master process in the reviewers' queue. */
export async function journeyToReview(base: string, world: OutsideWorld, project = 'szmg'): Promise<Journey> {
  const journey = await beginJourney(base, world, project);
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await journey.enterCode();
  await untilLabel(journey.applicant, journey.id, '待审核');
  return journey;
}
