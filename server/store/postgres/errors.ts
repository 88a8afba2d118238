/** A database that cannot be worked with, in a sentence that says what to do. */
export class DatabaseUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUnusable';
  }
}

/** Another node works with this database, and may not while this one does. */
export class SeatTaken extends DatabaseUnusable {
  readonly holder: string;
  constructor(holder: string) {
    super(`数据库正由节点 ${holder} 使用。请在那台机器上运行，或先停止它`);
    this.name = 'SeatTaken';
    this.holder = holder;
  }
}

/** Why a node ends that the others have given up, for people and for the log. */
export const STRUCK_OFF = '本节点失联太久，已被其他节点除名（this node was silent for too long and was struck off）';

/** What the database says when a write is that of a node that was struck off (`may_write`). */
const FENCED = 'CF001';
/** What a step of the form says, with the name of the node that is in its way. */
export const IN_THE_WAY = 'CF002';

/** What became of a statement that failed. */
export type Failure =
  /** It was refused; nothing has changed. */
  | 'refused'
  /** Something unique is taken; nothing has changed. */
  | 'taken'
  /** The database found its own data damaged. */
  | 'damaged'
  /** This node was struck off. */
  | 'fenced'
  /** The connection ended before the answer came: nobody knows whether it was done. */
  | 'unknown';

export function failureOf(error: unknown): Failure {
  const { code, severity } = error as { code?: string; severity?: string };
  // Errors of the network have codes too, and no severity: the database did not answer.
  if (severity === undefined || code === undefined) return 'unknown';
  if (code === FENCED) return 'fenced';
  if (code === '23505') return 'taken';
  if (code === 'XX001' || code === 'XX002') return 'damaged';
  // The server goes down, or the connection broke: it may have committed before it said so.
  return code.startsWith('57P') || code.startsWith('08') ? 'unknown' : 'refused';
}

/** In one word or two, without what stood in the statement: it may be somebody's data. */
export function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
}

/** What of the address or of the database is wrong, by what a connection or a first statement is refused with. */
const WHY: { readonly [code: string]: string } = {
  ENOTFOUND: '找不到这个主机',
  EAI_AGAIN: '找不到这个主机',
  ECONNREFUSED: '没有服务在这个地址和端口应答',
  ETIMEDOUT: '没有应答，可能被防火墙挡住',
  '28P01': '用户名或密码不对',
  '28000': '用户名不对，或 pg_hba.conf 不允许这样登录',
  '3D000': '没有这个数据库',
  '42501': '这个用户不能在库里建表，数据库应当属于它',
  '42P07': '库里已有别的程序的表，请给它一个空的数据库',
  '53300': '连接已满，请提高 max_connections',
  '57P03': '数据库正在启动或恢复',
};

/** The same for whoever starts the server: with words where the code says little. Neither holds the password. */
export function whyOf(error: unknown): string {
  const reason = reasonOf(error);
  const { code, message = '' } = error as { code?: string; message?: string };
  // Refusals before there is a connection have no code: of TLS, and of time.
  const why = WHY[reason] ?? (code === undefined ? message : undefined);
  return why ? `${reason}：${why}` : reason;
}
