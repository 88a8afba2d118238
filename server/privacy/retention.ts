import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDuration, parseDuration } from '../../engine/compose/duration.ts';
import type { Calendar } from '../../engine/model/command.ts';
import type { Duration } from '../../engine/model/composed.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { plain, readText } from '../../engine/read/index.ts';
import type { Audit } from '../audit/audit.ts';
import { AUDIT_KIND } from '../audit/chain.ts';
import type { Clock } from '../clock.ts';
import { ConfigError } from '../config.ts';
import { isObject } from '../json.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface RetentionRule {
  readonly kind: string;
  readonly since: string;
  readonly keep: Duration;
}

export interface Retention {
  /** Removes what has been kept long enough. @returns how many of each kind */
  run(): Promise<{ readonly [kind: string]: number }>;
  /** Runs now and once a day. */
  start(): void;
  stop(): Promise<void>;
}

const FILE = 'retention.yaml';
const DAY = 86_400_000;
/** After a disk that refused. */
const AGAIN = 3_600_000;
/** Kinds of documents that cases and the program itself live by: no rule may name them. */
const NEVER = new Set([
  ...['release', 'project', 'scenarios', 'keyring', 'auditHead'],
  ...['file', 'login', 'mobile', 'identity', 'clock'],
]);

/** The rules of `DATA_DIR/retention.yaml`, else those that come with the program. @throws ConfigError */
export async function loadRetention(dataDir: string): Promise<readonly RetentionRule[]> {
  const own = join(dataDir, FILE);
  const text = await readFile(own, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return readRules(text, own);
  const shipped = join(import.meta.dirname, '../data', FILE);
  return readRules(await readFile(shipped, 'utf8'), shipped);
}

/** @throws ConfigError with the place */
export function readRules(text: string, path: string): readonly RetentionRule[] {
  const read = readText(path, text);
  const [issue] = read.issues;
  if (issue) throw new ConfigError(`${path}:${issue.line}:${issue.column}: ${issue.message}`);
  const data: Json = read.node ? plain(read.node) : null;
  const rules = isObject(data) && Array.isArray(data.keep) ? data.keep : null;
  if (rules === null) throw new ConfigError(`${path}: write \`keep:\` with a list of { kind, since, keep }`);
  return rules.map((rule, n) => ruleOf(rule, `${path}: keep[${n}]`));
}

function ruleOf(rule: Json, where: string): RetentionRule {
  const { kind, since, keep } = isObject(rule) ? rule : ({} as JsonObject);
  if (typeof kind !== 'string' || !/^[a-z][A-Za-z]*$/.test(kind) || NEVER.has(kind))
    throw new ConfigError(`${where}: kind is not one that may be removed`);
  if (typeof since !== 'string') throw new ConfigError(`${where}: since has to name a field`);
  const period = typeof keep === 'string' ? parseDuration(keep) : null;
  if (period === null) throw new ConfigError(`${where}: keep has to be a time such as 30 days, not "${String(keep)}"`);
  return { kind, since, keep: period };
}

export interface RetentionDeps {
  readonly rules: readonly RetentionRule[];
  readonly store: Store;
  readonly audit: Audit;
  /** Whether a case of theirs still holds anything of them. */
  readonly isKept: (person: string) => Promise<boolean>;
  /** Sessions end by the real time, not by these rules: what is over of them goes too. */
  readonly sweep: () => Promise<void>;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
}

export function createRetention(deps: RetentionDeps): Retention {
  const { rules, store, audit, clock, log } = deps;
  let cancel: (() => void) | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = true;

  const isOver = (rule: RetentionRule, data: Json): boolean => {
    const since = isObject(data) ? data[rule.since] : undefined;
    return typeof since === 'number' && since > 0 && addDuration(since, rule.keep, deps.calendar) <= clock.now();
  };

  async function remove(rule: RetentionRule): Promise<number> {
    if (rule.kind === AUDIT_KIND) return audit.prune(clock.now() - lengthOf(rule.keep), clock.now());
    const over: { id: string; version: number }[] = [];
    for await (const { id, document } of store.listDocuments(rule.kind))
      if (isOver(rule, document.data)) over.push({ id, version: document.version });
    let count = 0;
    for (const { id, version } of over) {
      // Nobody is forgotten whose cases still say something of them.
      if (rule.kind === 'account' && (await deps.isKept(id))) continue;
      // Somebody used it meanwhile: the next time.
      const gone = await store.removeDocument(rule.kind, id, version).then(() => true, notConflict);
      if (gone) count += 1;
    }
    return count;
  }

  async function run(): Promise<{ readonly [kind: string]: number }> {
    await deps.sweep();
    const removed: { [kind: string]: number } = {};
    for (const rule of rules) {
      const count = await remove(rule);
      if (count > 0) removed[rule.kind] = count;
    }
    if (Object.keys(removed).some((kind) => kind !== AUDIT_KIND))
      await audit.append({ at: clock.now(), person: 'system', action: 'retention', removed });
    // Logs are kept elsewhere: what stands in them is an anchor of the chain.
    const { seq, mac } = await audit.anchor();
    log.info({ removed, audit: `${seq}:${mac}` }, 'retention');
    return removed;
  }

  function again(after: number): void {
    if (stopped) return;
    cancel = clock.at(clock.now() + after, () => {
      running = run().then(
        () => again(DAY),
        (error: Error) => {
          log.error({ error: error.message }, 'retention did not finish, tried again');
          again(AGAIN);
        },
      );
    });
  }

  return {
    run,
    start() {
      stopped = false;
      again(0);
    },
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}

const notConflict = (error: Error): boolean => {
  if (error.name !== 'Conflict') throw error;
  return false;
};

const lengthOf = (duration: Duration): number => (duration.kind === 'elapsed' ? duration.ms : duration.days * DAY);
