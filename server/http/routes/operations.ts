import type { JsonObject } from '../../../engine/model/json.ts';
import type { Posting } from '../../connectors/payment/ledger.ts';
import { reconcile, StatementFault } from '../../connectors/payment/reconcile.ts';
import { readProviderStatement } from '../../connectors/payment/statements/index.ts';
import type { Context } from '../../context.ts';
import { invalid, notFound } from '../../fault.ts';
import { confirmDifference, keepDifferences, listDifferences, settleDifference } from '../../finance/differences.ts';
import { type LedgerFilter, ledgerTable, ledgerView } from '../../finance/ledger-view.ts';
import type { DeadLetter } from '../../jobs/dead-letters.ts';
import { actorOf, CASE } from '../../policies/case-access.ts';
import { writeDown } from '../../use-cases/audit.ts';
import { importLines, listLines, proposeLines } from '../../use-cases/bank-lines.ts';
import { confirmSettlement, listSuspense, settle } from '../../use-cases/suspense.ts';
import { bodyOf, type Call, numberOf, param, personOf, queryPage, queryText, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const OPERATIONS: Access = { kind: 'may', ability: 'letters' };
const FINANCE: Access = { kind: 'may', ability: 'money' };
const MOST_NOTE = 200;
const MOST_STATEMENT = 900_000;

/** What the caller may see of a letter is what they may see of its case. */
async function isSeen(context: Context, call: Call, letter: DeadLetter): Promise<boolean> {
  const entry = await context.cases.entry(letter.caseId);
  if (!entry) return false;
  return actorOf(call.caller, entry, await context.releases.definition(entry.release)) !== null;
}

async function seen(context: Context, call: Call): Promise<readonly DeadLetter[]> {
  const found: DeadLetter[] = [];
  for (const letter of await context.letters.list()) if (await isSeen(context, call, letter)) found.push(letter);
  return found;
}

/** Who decided what about a request is kept like every look at a person's data. @throws Fault not-found */
async function decide(context: Context, call: Call, action: 'replay' | 'drop', reason: string): Promise<DeadLetter> {
  const key = param(call, 'key');
  const person = personOf(call);
  const letter = (await seen(context, call)).find((one) => one.key === key);
  if (!letter) throw notFound();
  const { caseId, name } = letter;
  await writeDown(context, { person: person.id, caseId, action, path: name, reason });
  return action === 'replay' ? context.letters.replay(key, person.id) : context.letters.drop(key, person.id, reason);
}

/** What operations see of the outside world: requests without an answer, refused messages, systems that are left alone. */
export const operationsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/operations/letters',
    access: OPERATIONS,
    handle: async (context, call) => ({ letters: await seen(context, call) }),
  },
  {
    method: 'post',
    path: '/api/operations/letters/:key/replay',
    access: OPERATIONS,
    handle: async (context, call) => ({ letter: await decide(context, call, 'replay', '') }),
  },
  {
    method: 'post',
    path: '/api/operations/letters/:key/drop',
    access: OPERATIONS,
    async handle(context, call) {
      const note = textOf(bodyOf(call), 'note', MOST_NOTE).trim();
      if (note === '') throw invalid('请写明为什么不再发送', 'say why it is not sent again');
      return { letter: await decide(context, call, 'drop', note) };
    },
  },
  {
    method: 'get',
    path: '/api/operations/outside',
    access: OPERATIONS,
    handle: async ({ outside }) => ({
      refusals: outside.refusals.list(),
      counts: outside.refusals.counts(),
      circuits: outside.circuits(),
    }),
  },
  {
    method: 'get',
    path: '/api/operations/suspense',
    access: FINANCE,
    handle: async (context) => ({ postings: await listSuspense(context) }),
  },
  {
    method: 'post',
    path: '/api/operations/suspense/settle',
    access: FINANCE,
    async handle(context, call) {
      const body = bodyOf(call);
      const given = { refund: textOf(body, 'refund', 64).trim(), note: textOf(body, 'note', MOST_NOTE) };
      await settle(context, personOf(call), textOf(body, 'id', 200), given);
      return { postings: await listSuspense(context) };
    },
  },
  {
    method: 'post',
    path: '/api/operations/suspense/confirm',
    access: FINANCE,
    async handle(context, call) {
      await confirmSettlement(context, personOf(call), textOf(bodyOf(call), 'id', 200));
      return { postings: await listSuspense(context) };
    },
  },
  {
    method: 'post',
    path: '/api/operations/statements',
    access: FINANCE,
    handle: (context, call) => compare(context, bodyOf(call)),
  },
  {
    method: 'get',
    path: '/api/operations/differences',
    access: FINANCE,
    handle: async (context) => ({ differences: await listDifferences(context) }),
  },
  {
    method: 'post',
    path: '/api/operations/differences/:key/settle',
    access: FINANCE,
    async handle(context, call) {
      const note = textOf(bodyOf(call), 'note', MOST_NOTE);
      await settleDifference(context, personOf(call), param(call, 'key'), note);
      return { differences: await listDifferences(context) };
    },
  },
  {
    method: 'post',
    path: '/api/operations/differences/:key/confirm',
    access: FINANCE,
    async handle(context, call) {
      await confirmDifference(context, personOf(call), param(call, 'key'));
      return { differences: await listDifferences(context) };
    },
  },
  {
    method: 'get',
    path: '/api/operations/ledger',
    access: FINANCE,
    handle: async (context, call) => ledgerView(context, ledgerFilter(call), queryPage(call)),
  },
  {
    method: 'get',
    path: '/api/operations/ledger/csv',
    access: FINANCE,
    handle: async (context, call) => ({ csv: await ledgerTable(context, ledgerFilter(call), call.caller.locale) }),
  },
  {
    method: 'post',
    path: '/api/operations/bank-lines',
    access: FINANCE,
    handle: (context, call) => importLines(context, personOf(call).id, textOf(bodyOf(call), 'csv', MOST_STATEMENT)),
  },
  {
    method: 'get',
    path: '/api/operations/bank-lines',
    access: FINANCE,
    handle: async (context, call) => ({
      lines: await listLines(context, queryText(call, 'view') === 'all' ? 'all' : 'open'),
    }),
  },
  {
    method: 'get',
    path: '/api/cases/:id/bank-lines',
    access: { kind: 'case', who: CASE.staff, ability: 'money' },
    handle: async (context, call) => ({
      proposals: await proposeLines(context, call.caller, param(call, 'id'), queryText(call, 'event')),
    }),
  },
];

function ledgerFilter(call: Call): LedgerFilter {
  const view = queryText(call, 'view') === 'open' ? 'open' : 'all';
  return { from: queryText(call, 'from'), to: queryText(call, 'to'), text: queryText(call, 'q'), view };
}

/** The file is not kept; its differences are, until they are settled. @throws Fault request-invalid */
async function compare(context: Context, body: JsonObject) {
  const { ledger } = context;
  const csv = textOf(body, 'csv', MOST_STATEMENT);
  const [from, to] = [numberOf(body, 'from'), numberOf(body, 'to')];
  const postings: Posting[] = [];
  for await (const posting of ledger.all()) postings.push(posting);
  try {
    const { provider, lines } = readProviderStatement(csv);
    const differences = reconcile(lines, postings, { account: `provider:${provider}`, from, to });
    await keepDifferences(context, provider, lines, differences);
    return { provider, lines: lines.length, differences };
  } catch (error) {
    if (error instanceof StatementFault)
      throw invalid(`账单文件不对：${error.reason.zh}`, `the statement cannot be read: ${error.reason.en}`);
    throw error;
  }
}
