import { bank } from './bank.ts';
import { ca } from './ca.ts';
import { invoice } from './invoice.ts';
import { message } from './message.ts';
import { payment } from './payment.ts';
import { pin } from './pin.ts';
import type { OperationSimulator, Simulator } from './simulator.ts';

/** Outside systems that do more than their contract says. Any other contract is served from the contract alone. */
const simulators: readonly Simulator[] = [payment, bank, ca, pin, invoice, message];

export function simulatorOf(connector: string, operation: string): OperationSimulator {
  return simulators.find((one) => one.id === connector)?.operations[operation] ?? {};
}
