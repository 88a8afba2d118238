import { joined, outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import type { ChartState } from '../model/composed.ts';
import type { ConnectorDefinition } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt, suggest } from '../read/index.ts';
import { keyAt, type Rule, unknown, valueAt } from './rule.ts';

/** Calls: the operation exists, gets its inputs, has a time limit, and every outcome has a way on. */
export const calls: Rule = {
  id: 'calls',
  check(composition) {
    const issues: Issue[] = [];
    for (const state of Object.values(composition.written.states)) {
      if (state.call === null) checkNoCall(composition, state, issues);
      else checkCall(composition, state, issues);
    }
    return issues;
  },
};

function checkNoCall(composition: Composition, state: ChartState, issues: Issue[]): void {
  for (const key of ['with', 'late']) {
    const at = `${state.address}.${key}`;
    if (composition.places.has(at))
      issues.push(issueAt(keyAt(composition, at), 'input-without-call', {}, { path: at }));
  }
}

function checkCall(composition: Composition, state: ChartState, issues: Issue[]): void {
  const { connectors } = composition.composed;
  const call = state.call!;
  const at = `${state.address}.call`;
  const connector = own(connectors, call.connector);
  if (connector === undefined) {
    issues.push(unknown(valueAt(composition, at), 'unknown-connector', call.connector, composition.allConnectors, at));
    return;
  }
  const operation = connector.operations[call.operation];
  if (operation === undefined) {
    const origin = valueAt(composition, at);
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
      issueAt(keyAt(composition, `${state.address}.when`), 'call-with-when', {}, { path: `${state.address}.when` }),
    );
  checkInputs(composition, state, operation, name, issues);
  for (const outcome of [...Object.keys(operation.outcomes), 'UNAVAILABLE'])
    if (!Object.hasOwn(state.outcomes, outcome)) {
      const proposal = `${outcome}: …`;
      issues.push(
        issueAt(
          keyAt(composition, at),
          'outcome-unhandled',
          { operation: name, name: outcome },
          { path: at, proposal },
        ),
      );
    }
  for (const outcome of Object.keys(state.late))
    if (!(outcome in operation.outcomes) && outcome !== 'UNAVAILABLE') {
      const place = `${state.address}.late.${outcome}`;
      issues.push(
        unknown(keyAt(composition, place), 'unknown-outcome', outcome, Object.keys(operation.outcomes), place, {
          operation: name,
        }),
      );
    }
  const limited = outwards(state.address).some((around) => composition.places.has(joined(around, 'after')));
  if (operation.limit === null && !limited)
    issues.push(issueAt(keyAt(composition, at), 'call-without-deadline', { operation: name }, { path: at }));
}

function checkInputs(
  composition: Composition,
  state: ChartState,
  operation: ConnectorDefinition['operations'][string],
  name: string,
  issues: Issue[],
): void {
  const properties = Object.keys((operation.input.properties ?? {}) as object);
  for (const input of Object.keys(state.call!.with))
    if (!properties.includes(input)) {
      const at = `${state.address}.with.${input}`;
      issues.push(unknown(keyAt(composition, at), 'unknown-input', input, properties, at, { operation: name }));
    }
  const required = Array.isArray(operation.input.required) ? operation.input.required.map(String) : [];
  for (const input of required)
    if (!(input in state.call!.with)) {
      const at = composition.places.has(`${state.address}.with`) ? `${state.address}.with` : `${state.address}.call`;
      const proposal = `${input}: ${suggest(input, Object.keys(composition.composed.forms)) ?? '…'}`;
      issues.push(
        issueAt(keyAt(composition, at), 'input-missing', { operation: name, name: input }, { path: at, proposal }),
      );
    }
}
