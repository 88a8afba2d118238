import { Bank } from './bank.ts';
import { RegistrationAuthority } from './ca.ts';
import { cases } from './cases.ts';
import { Courier } from './courier.ts';
import { Invoice } from './invoice.ts';
import { Pin } from './pin.ts';
import { toy, wire } from './port.ts';
import { portContract } from './ports.contract.ts';
import type { Provider } from './provider.ts';
import { Registry } from './registry.ts';
import { Telecom } from './telecom.ts';

const providers: { readonly [id: string]: () => Provider } = {
  bank: () => new Bank(),
  telecom: () => new Telecom(),
  registry: () => new Registry(),
  invoice: () => new Invoice(),
  courier: () => new Courier(),
  pin: () => new Pin(),
  ca: () => new RegistrationAuthority(),
};

for (const [id, port] of Object.entries(cases)) {
  portContract(`${id}: what its file says of HTTP, against its protocol`, port, () => wire(providers[id]!()));
  portContract(`${id}: the development sandbox`, port, () => toy(id));
}
