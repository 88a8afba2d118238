import { DEMO_PASSWORD } from './accounts/demo.ts';
import { ConfigError, readConfig } from './config.ts';
import { KeyError } from './crypto/keys.ts';
import { FilesUnusable } from './files/place.ts';
import { createLog } from './log.ts';
import { issueLine } from './releases/issue-line.ts';
import { BrokenDefinition } from './releases/releases.ts';
import type { Running } from './server.ts';
import { FolderVersionError } from './store/file/migrations.ts';
import { MovedAway } from './store/moving.ts';
import { DatabaseUnusable } from './store/postgres/errors.ts';
import { StoreLocked, StoreUnavailable } from './store/store.ts';

/** Starts the server of this environment and says where everything is. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  // The server is most of what is loaded: whoever made a mistake in the environment is told before.
  const { startServer } = await import('./server.ts');
  const { openOnlyPictures } = await import('./files/clean.ts');
  openOnlyPictures();
  const log = createLog(config.logLevel);
  const running = await startServer({
    config,
    log,
    onWait: (holder) => console.log(`数据库正由节点 ${holder} 使用，本节点待命，它停止后自动接替`),
    onFatal(message) {
      // Never go on after a failed fsync, or when another node serves: what was answered must be stored.
      console.error(`存储出错，服务已停止：${message}`);
      process.exit(74);
    },
  });
  greet(running);

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void running.close().then(() => process.exit(0));
    });
  }
}

/** What a file system answers that cannot be written to. */
const UNWRITABLE: ReadonlySet<string> = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EIO']);

/** What says itself how to mend it. */
const SAYS_ITSELF = [ConfigError, KeyError, FolderVersionError, DatabaseUnusable, FilesUnusable, MovedAway];

function greet({ url, demo, hasSandbox, seeding }: Running): void {
  const lines = [
    '',
    `  网上营业厅   ${url}/`,
    `  审核工作台   ${url}/desk`,
    `  配置工作室   ${url}/studio`,
    `  流程实验室   ${url}/lab`,
    ...(hasSandbox ? [`  沙盒         ${url}/sandbox`] : []),
    '',
  ];
  if (demo.length > 0) {
    lines.push(`  演示账号（密码都是 ${DEMO_PASSWORD}）：`);
    for (const { account, name } of demo) lines.push(`    ${account.padEnd(16)}${name}`);
    lines.push('');
  }
  if (seeding.seeded.length > 0) lines.push(`  已发布：${seeding.seeded.join('、')}`, '');
  if (seeding.changed.length > 0) {
    lines.push(`  文件与已发布的不同：${seeding.changed.join('、')}。运行 npx certflow import 可作为草稿导入`, '');
  }
  if (seeding.broken.length > 0) {
    lines.push('  文件有误，已发布的照常运行：');
    for (const issue of seeding.broken) lines.push(`    ${issueLine(issue)}`);
    lines.push('');
  }
  console.log(lines.join('\n'));
}

main().catch((error: unknown) => {
  if (error instanceof BrokenDefinition) {
    console.error('流程定义有误，服务没有启动：');
    for (const issue of error.issues) console.error(`  ${issueLine(issue)}`);
  } else if (error instanceof StoreLocked) {
    console.error(`数据目录 ${error.folder} 正被进程 ${error.holder} 使用。请先停止它，或用 DATA_DIR 指定另一个目录`);
  } else if (SAYS_ITSELF.some((kind) => error instanceof kind)) {
    console.error((error as Error).message);
  } else if (UNWRITABLE.has((error as NodeJS.ErrnoException).code ?? '') || error instanceof StoreUnavailable) {
    const { code, message } = error as NodeJS.ErrnoException;
    console.error(`数据目录不能写入（${code ?? message}）。请检查 DATA_DIR 的路径、磁盘空间和权限`);
  } else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    console.error('端口已被占用，请用 PORT 指定另一个端口');
  } else {
    console.error(error);
  }
  process.exit(1);
});
