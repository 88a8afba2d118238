import { withDataFolder } from '../admin/offline.ts';
import { askServer } from '../admin/socket.ts';
import { type Anchor, parseAnchor, textOfAnchor } from '../audit/chain.ts';
import { type AuditReport, type AuditWrong, verifyAudit } from '../audit/verify.ts';
import { type Config, readConfig } from '../config.ts';
import { argumentsOf, commonOptions, usedWrongly } from './arguments.ts';
import { explain } from './explain.ts';

const usage = `certflow audit verify [--anchor NUMBER:LINK] [--json]

  Goes through the log of who looked at what and who decided what: every entry is linked to the one before, and what was
  changed, removed, put in or cut off is named. The last line is the end of the chain: keep it outside of this machine and
  give it back later with --anchor; then nobody can put an older state of the whole folder in the place of this one.`;

const WORDS: { readonly [kind in AuditWrong['kind']]: string } = {
  missing: '被删除',
  unreadable: '读不出来',
  changed: '被改动',
  unlinked: '与前一条不相接',
  cut: '末尾被截断',
  head: '链尾记录不对',
  older: '更早的记录被改动',
  anchor: '与另外保存的链尾不符',
};

/** @returns the exit code */
export async function audit(args: string[]): Promise<number> {
  const options = { help: commonOptions.help, json: commonOptions.json, anchor: { type: 'string' } } as const;
  const { code, values, positionals } = argumentsOf(args, usage, options, true);
  if (code !== null || values === null || positionals === null) return code ?? 2;
  const anchor = values.anchor === undefined ? null : parseAnchor(values.anchor);
  if (positionals.join() !== 'verify') return usedWrongly('certflow audit 后面要写 verify', usage);
  if (values.anchor !== undefined && anchor === null) return usedWrongly('--anchor 的写法是 编号:64 位十六进制', usage);
  const config = readConfig(process.env);
  let report: AuditReport;
  try {
    report = await reportOf(config, anchor);
  } catch (error) {
    return explain(error);
  }
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else tell(report);
  return report.wrong.length > 0 ? 1 : 0;
}

async function reportOf(config: Config, anchor: Anchor | null): Promise<AuditReport> {
  const asked = await askServer(config.dataDir, { kind: 'audit', anchor });
  if (asked) return asked.result as AuditReport;
  return withDataFolder(config, ({ store, raw, crypto }) => verifyAudit({ store, raw, crypto }, anchor));
}

function tell({ entries, end, wrong }: AuditReport): void {
  for (const { seq, kind } of wrong) console.log(`${seq === null ? '' : `第 ${seq} 条：`}${WORDS[kind]}`);
  console.log(wrong.length === 0 ? `${entries} 条记录完整，首尾相接` : `${entries} 条记录，${wrong.length} 处不对`);
  if (end.seq > 0) console.log(`链尾（请保存在这台机器以外）：${textOfAnchor(end)}`);
}
