import type { Reminder } from '../model/composed.ts';

/** Id of the machine, and of its root state. State ids are this, a dot, and the address. */
export const machineId = 'case';

/** XState's reference to a state: `#case.main.work`. */
export function reference(address: string): string {
  return `#${stateId(address)}`;
}

export function stateId(address: string): string {
  return address === '' ? machineId : `${machineId}.${address}`;
}

/** Address of a state id. */
export function addressOf(id: string): string {
  return id === machineId ? '' : id.slice(machineId.length + 1);
}

export type DelayKind = 'after' | 'remind';

/** Name of a delay within its state. Stable as long as the delay is written the same. */
export function delayName(kind: DelayKind, key: Reminder['key']): string {
  return `${kind}:${key}`;
}

/** Id of a timer in the case: the state's address and the delay's name. */
export function timerId(address: string, kind: DelayKind, key: string): string {
  return `${address}|${delayName(kind, key)}`;
}

/** The event by which XState hears that a timer is due. Never accepted from outside. */
export function timerEvent(timer: string): string {
  const bar = timer.indexOf('|');
  return `xstate.after.${timer.slice(bar + 1)}.${stateId(timer.slice(0, bar))}`;
}

/** The event by which XState hears an answer of a call. Never accepted from outside. */
export function outcomeEvent(address: string, outcome: string): string {
  return `call.${address}.${outcome}`;
}
