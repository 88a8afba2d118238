/**
 * The other side could not be asked, or answered what its contract does not know. Nothing is known about the request:
 * the outbox repeats it with the same key, with the contract's waiting times.
 */
export class TechnicalFailure extends Error {
  /** `connector.operation`, for the log; never data of a person. */
  readonly where: string;
  constructor(where: string, reason: string) {
    super(`${where}: ${reason}`);
    this.name = 'TechnicalFailure';
    this.where = where;
  }
}

/** The answer is about something else than what was asked: not believed, and somebody has to look. The request waits on. */
export class OtherAnswer extends TechnicalFailure {
  constructor(where: string, field: string, outcome: string) {
    // Only the name: the value may be somebody's personal data.
    super(where, `${field} of ${outcome} is not what was asked`);
    this.name = 'OtherAnswer';
  }
}

/** The case's definition asks for what the contract forbids. Repeating cannot help: operations must see it. */
export class ContractViolation extends Error {
  readonly where: string;
  constructor(where: string, reason: string) {
    super(`${where}: ${reason}`);
    this.name = 'ContractViolation';
    this.where = where;
  }
}

/** Nothing was sent, and nothing is wrong with the request: it may go at `until` (the server's clock). */
export class NotYet extends TechnicalFailure {
  readonly until: number;
  constructor(where: string, until: number, reason: string) {
    super(where, reason);
    this.name = 'NotYet';
    this.until = until;
  }
}
