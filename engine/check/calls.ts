import { joined, outwards } from '../compose/addresses.ts';
import type { ChartState } from '../model/composed.ts';
import type { ConnectorDefinition } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt, suggest } from '../read/index.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule, unknown, valueAt } from './rule.ts';

/** Calls: the operation exists, gets its inputs, has a time limit, and every outcome has a way on. */
export const calls: ProcessRule = {
  id: 'calls',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    for (const state of Object.values(process.written.states)) {
      if (state.call === null) checkNoCall(process, state, issues);
      else checkCall(process, state, issues);
    }
    return issues;
  },
};

function checkNoCall(process: Process, state: ChartState, issues: Issue[]): void {
  for (const key of ['with', 'late']) {
    const at = `${state.address}.${key}`;
    if (process.places.has(at)) issues.push(issueAt(keyAt(process, at), 'input-without-call', {}, { path: at }));
  }
}

function checkCall(process: Process, state: ChartState, issues: Issue[]): void {
  const { connectors } = process.composed;
  const call = state.call!;
  const at = `${state.address}.call`;
  const connector = own(connectors, call.connector);
  if (connector === undefined) {
    issues.push(unknown(valueAt(process, at), 'unknown-connector', call.connector, process.allConnectors, at));
    return;
  }
  const operation = connector.operations[call.operation];
  if (operation === undefined) {
    const origin = valueAt(process, at);
    const place = { ...origin, column: origin.column + call.connector.length + 1 };
    issues.push(
      unknown(place, 'unknown-operation', call.operation, Object.keys(connector.operations), at, {
        connector: connector.id,
      }),
    );
    return;
  }
  const name = `${call.connector}.${call.operation}`;
  if (state.when !== null)
    issues.push(
      issueAt(keyAt(process, `${state.address}.when`), 'call-with-when', {}, { path: `${state.address}.when` }),
    );
  checkInputs(process, state, operation, name, issues);
  for (const outcome of [...Object.keys(operation.outcomes), 'UNAVAILABLE'])
    if (!Object.hasOwn(state.outcomes, outcome)) {
      const proposal = `${outcome}: …`;
      issues.push(
        issueAt(keyAt(process, at), 'outcome-unhandled', { operation: name, name: outcome }, { path: at, proposal }),
      );
    }
  for (const outcome of Object.keys(state.late))
    if (!(outcome in operation.outcomes) && outcome !== 'UNAVAILABLE') {
      const place = `${state.address}.late.${outcome}`;
      issues.push(
        unknown(keyAt(process, place), 'unknown-outcome', outcome, Object.keys(operation.outcomes), place, {
          operation: name,
        }),
      );
    }
  const limited = outwards(state.address).some((around) => process.places.has(joined(around, 'after')));
  if (operation.limit === null && !limited)
    issues.push(issueAt(keyAt(process, at), 'call-without-deadline', { operation: name }, { path: at }));
}

function checkInputs(
  process: Process,
  state: ChartState,
  operation: ConnectorDefinition['operations'][string],
  name: string,
  issues: Issue[],
): void {
  const properties = Object.keys((operation.input.properties ?? {}) as object);
  for (const input of Object.keys(state.call!.with))
    if (!properties.includes(input)) {
      const at = `${state.address}.with.${input}`;
      issues.push(unknown(keyAt(process, at), 'unknown-input', input, properties, at, { operation: name }));
    }
  const required = Array.isArray(operation.input.required) ? operation.input.required.map(String) : [];
  for (const input of required)
    if (!(input in state.call!.with)) {
      const at = process.places.has(`${state.address}.with`) ? `${state.address}.with` : `${state.address}.call`;
      const proposal = `${input}: ${suggest(input, Object.keys(process.composed.forms)) ?? '…'}`;
      issues.push(
        issueAt(keyAt(process, at), 'input-missing', { operation: name, name: input }, { path: at, proposal }),
      );
    }
}
