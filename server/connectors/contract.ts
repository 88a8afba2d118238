import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { otherThanAsked } from '../../engine/index.ts';
import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Outcome } from './connector.ts';
import { ContractViolation, OtherAnswer, TechnicalFailure } from './failure.ts';

/** Contracts are data of a release; `x-` keywords in them are for screens. Formats are the forms' business. */
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
const compiled = new WeakMap<object, ValidateFunction>();

function problem(schema: JsonObject | undefined, data: unknown): string | null {
  if (schema === undefined) return null;
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(data)) return null;
  const [first] = validate.errors ?? [];
  // Only the place and the rule: the value may be somebody's personal data.
  return first ? `${first.instancePath || '/'} ${first.message ?? first.keyword}` : 'does not fit';
}

/** @throws ContractViolation when the operation is unknown or the input does not fit. */
export function checkInput(contract: ConnectorDefinition, operation: string, input: JsonObject): void {
  const where = `${contract.id}.${operation}`;
  const known = contract.operations[operation];
  if (known === undefined)
    throw new ContractViolation(
      where,
      `unknown operation; the contract has ${Object.keys(contract.operations).join(', ')}`,
    );
  const wrong = problem(known.input, input);
  if (wrong !== null) throw new ContractViolation(where, `input ${wrong}`);
}

/** @throws TechnicalFailure when the other side answered something the contract does not know. */
export function checkOutcome(contract: ConnectorDefinition, operation: string, result: Outcome): void {
  const where = `${contract.id}.${operation}`;
  const known = contract.operations[operation]?.outcomes[result.outcome];
  if (known === undefined) throw new TechnicalFailure(where, `unknown outcome ${result.outcome}`);
  const wrong = problem(known.data, result.data ?? {});
  if (wrong !== null) throw new TechnicalFailure(where, `data of ${result.outcome} ${wrong}`);
}

/** @throws OtherAnswer when a field is not what was asked, though the contract says that it is. [RUN-29] */
export function checkSame(
  contract: ConnectorDefinition,
  operation: string,
  input: JsonObject,
  { outcome, data }: Outcome,
): void {
  const other = otherThanAsked(contract.operations[operation], outcome, input, data);
  if (other !== null) throw new OtherAnswer(`${contract.id}.${operation}`, other, outcome);
}

/** @returns what is wrong with data that arrived unasked, or null. */
export function eventProblem(contract: ConnectorDefinition, event: string, data: JsonObject): string | null {
  const known = contract.events[event];
  if (known === undefined)
    return `unknown event; the contract has ${Object.keys(contract.events).join(', ') || 'none'}`;
  return problem(known.data, data);
}
