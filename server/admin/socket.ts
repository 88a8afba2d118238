import { createHash } from 'node:crypto';
import { chmod, mkdir, stat, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Files } from '../../engine/model/definition.ts';
import type { Anchor } from '../audit/chain.ts';
import { verifyAudit } from '../audit/verify.ts';
import { BackupError, backup } from '../backup/backup.ts';
import { DUMP } from '../cli/dump.ts';
import type { Context } from '../context.ts';
import { type Migration, migrateCases } from '../use-cases/migrate-cases.ts';
import {
  endSessions,
  explainCase,
  giveAccount,
  importFiles,
  importKept,
  listCases,
  storedDefinition,
  writeAudit,
} from './commands.ts';
import { changeKeys, type KeysAction } from './keys.ts';

/** Commands that need the live data and are done by the server that holds the folder. */
export type AdminCommand =
  | { readonly kind: 'import'; readonly files: Files; readonly scenarios: Files }
  | { readonly kind: 'cases'; readonly project?: string; readonly open: boolean }
  | { readonly kind: 'backup'; readonly to: string }
  | { readonly kind: 'definition'; readonly name: string }
  | { readonly kind: 'explain'; readonly number: string }
  | ({ readonly kind: 'migrate' } & Migration)
  | { readonly kind: 'keys'; readonly action: KeysAction }
  | { readonly kind: 'audit'; readonly anchor: Anchor | null }
  /** Null: everybody. */
  | { readonly kind: 'log-out'; readonly account: string | null }
  | {
      readonly kind: 'account';
      readonly account: string;
      readonly name: string;
      readonly roles: readonly string[];
    };

const MOST = 50 * 1024 * 1024;
/** The system's bound for the path of a socket is about 104 bytes. */
const LONGEST = 100;

/** Where the socket of a data folder is: in a folder that only its user may enter. */
export function socketPath(dataDir: string): string {
  const own = join(resolve(dataDir), 'admin', 'socket');
  if (Buffer.byteLength(own) <= LONGEST) return own;
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 24);
  return join(tmpdir(), `certflow-${userInfo().uid}-${hash}`, 'socket');
}

/** The folder's mode is the socket's guard: between listening and chmod of the socket itself somebody could slip in. */
async function guardFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await stat(folder);
  if (uid !== userInfo().uid) throw new Error(`${folder} belongs to somebody else`);
  await chmod(folder, 0o700);
}

/**
 * The local door of the command line: a unix socket that only the user of the server may open. The folder's lock is held
 * by now, so a socket file that is there is left over from a process that died.
 */
export async function openAdminSocket(dataDir: string, context: Context): Promise<{ close(): Promise<void> }> {
  const path = socketPath(dataDir);
  await guardFolder(dirname(path));
  await unlink(path).catch(() => undefined);
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      try {
        const command = JSON.parse(await bodyOf(incoming)) as AdminCommand;
        outgoing.setHeader('content-type', 'application/json');
        outgoing.end(JSON.stringify({ result: await run(context, command) }));
      } catch (error) {
        context.log.error({ error: (error as Error).name }, 'a command of the command line failed');
        outgoing.statusCode = 400;
        outgoing.end(JSON.stringify({ error: (error as Error).message }));
      }
    })();
  });
  await new Promise<void>((done, reject) => {
    server.once('error', reject);
    server.listen(path, done);
  });
  await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function run(context: Context, command: AdminCommand): Promise<unknown> {
  const { releases, store, audit, clock } = context;
  switch (command.kind) {
    case 'import': {
      const imported = await importFiles(releases, command.files, 'command-line');
      await importKept(
        context.kept,
        command.scenarios,
        imported.map(({ project }) => project),
      );
      await writeAudit(
        audit,
        clock.now(),
        'import',
        imported.map(({ project, state }) => `${project}:${state}`).join(),
      );
      await context.released();
      return imported;
    }
    case 'cases':
      return listCases(store, command);
    case 'backup': {
      if (context.config.database !== null) throw new BackupError(DUMP);
      const { files, filesIn } = await backup(context.config.dataDir, command.to, {
        store,
        crypto: context.crypto,
        now: clock.now(),
      });
      await writeAudit(audit, clock.now(), 'backup', `${files.length} files`);
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      return { files: files.length, bytes, ...(filesIn !== undefined && { filesIn }) };
    }
    case 'definition':
      return storedDefinition(releases, command.name);
    case 'explain':
      return explainCase(store, releases, command.number, context.cases.env());
    case 'migrate':
      return migrateCases(context, 'command-line', command);
    case 'keys': {
      const { config, crypto, vault, secrets, keys } = context;
      const parts = {
        ...keys,
        store,
        audit,
        crypto,
        vault,
        secrets,
        dataDir: config.dataDir,
        fromEnvironment: config.key,
      };
      return changeKeys(parts, command.action, clock.now());
    }
    case 'audit':
      return verifyAudit({ store, raw: context.keys.raw, crypto: context.crypto }, command.anchor);
    case 'log-out':
      return endSessions({ ...context, now: clock.now() }, command.account);
    case 'account':
      return giveAccount({ ...context, now: clock.now(), definitions: context.inForce() }, command);
  }
}

function bodyOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST) reject(new Error('too large'));
      else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.on('error', reject);
  });
}

/** The server answered that it cannot be done, in a sentence. */
export class ServerRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ServerRefused';
  }
}

/** Asks the running server. @returns null when none runs on this folder. */
export function askServer(dataDir: string, command: AdminCommand): Promise<{ readonly result: unknown } | null> {
  return new Promise((done, reject) => {
    const asked = request({ socketPath: socketPath(dataDir), method: 'POST', path: '/' }, (answer) => {
      bodyOf(answer)
        .then((text) => {
          const body = JSON.parse(text) as { result?: unknown; error?: string };
          if (body.error !== undefined) reject(new ServerRefused(body.error));
          else done({ result: body.result });
        })
        .catch(reject);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') done(null);
      else reject(error);
    });
    asked.end(JSON.stringify(command));
  });
}
