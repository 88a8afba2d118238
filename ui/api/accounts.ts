import type {
  AccountView,
  ArrivalView,
  AuditList,
  CompanyDetails,
  DeviceView,
  GrantView,
  StaffList,
} from '../../engine/contract/accounts.ts';
import type { SessionView } from '../../engine/contract/session.ts';
import { query, request } from './http.ts';

/** The typed client of what concerns accounts; fetched by the pages that use it, not with the first one. */

const at = (part: string): string => encodeURIComponent(part);
const devicesOf = ({ devices }: { devices: DeviceView[] }): readonly DeviceView[] => devices;
const companiesOf = ({ companies }: { companies: CompanyDetails[] }): readonly CompanyDetails[] => companies;

export interface TypedCode {
  readonly mobile: string;
  readonly request: string;
  readonly code: string;
}

export type StaffDeed = 'disable' | 'enable' | 'unlock' | 'reset-second' | 'invite';
export type StaffAnswer = StaffList & { readonly invitation?: string };

/** The key of an authenticator that is being set up. */
export interface SecondBegun {
  readonly uri: string;
  readonly secret: string;
}

export const accounts = {
  askCode: (purpose: 'login' | 'reset' | 'mobile', mobile: string): Promise<{ request: string }> =>
    request('POST', '/api/codes', { purpose, mobile }),
  /** @param name for whoever is not registered yet */
  loginByCode: (typed: TypedCode, name?: string): Promise<SessionView> =>
    request('POST', '/api/session/code', { ...typed, ...(name && { name }) }),
  resetByCode: (typed: TypedCode, password: string): Promise<SessionView> =>
    request('POST', '/api/accounts/reset', { ...typed, password }),
  second: (code: string): Promise<SessionView> => request('POST', '/api/session/second', { code }),
  act: (company: string | null): Promise<SessionView> => request('PATCH', '/api/session', { company }),
  jump: (token: string): Promise<ArrivalView & { session: SessionView }> => request('POST', '/api/jumps', { token }),
  invitation: (token: string): Promise<{ account: string; name: string }> =>
    request('POST', '/api/invitations', { token }),
  acceptInvitation: (token: string, password: string): Promise<SessionView> =>
    request('PUT', '/api/invitations', { token, password }),

  account: (): Promise<AccountView> => request('GET', '/api/account'),
  /** @param password of an account that has one */
  bindMobile: (typed: TypedCode, password: string): Promise<AccountView> =>
    request('PUT', '/api/account/mobile', { ...typed, password }),
  devices: (): Promise<readonly DeviceView[]> =>
    request<{ devices: DeviceView[] }>('GET', '/api/account/devices').then(devicesOf),
  /** One of them, or all but this one. */
  closeDevices: (id?: string): Promise<readonly DeviceView[]> =>
    request<{ devices: DeviceView[] }>('DELETE', `/api/account/devices${id ? `/${at(id)}` : ''}`).then(devicesOf),
  /** @param password of somebody who is logged in and has one */
  beginSecond: (password = ''): Promise<SecondBegun> => request('POST', '/api/account/second', { password }),
  confirmSecond: (code: string): Promise<{ recovery: readonly string[]; session: SessionView }> =>
    request('PUT', '/api/account/second', { code }),
  renewRecovery: (code: string): Promise<{ recovery: readonly string[] }> =>
    request('POST', '/api/account/second/recovery', { code }),
  removeSecond: (code: string): Promise<AccountView> => request('DELETE', '/api/account/second', { code }),

  companies: (): Promise<readonly CompanyDetails[]> =>
    request<{ companies: CompanyDetails[] }>('GET', '/api/companies').then(companiesOf),
  joinCompany: (name: string, number: string): Promise<{ state: 'member' | 'asked'; companies: CompanyDetails[] }> =>
    request('POST', '/api/companies', { name, number }),
  admit: (company: string, person: string, manager: boolean): Promise<readonly CompanyDetails[]> =>
    request<{ companies: CompanyDetails[] }>('PUT', `/api/companies/${at(company)}/members/${at(person)}`, {
      manager,
    }).then(companiesOf),
  /** @param person `me` for oneself */
  leave: (company: string, person: string): Promise<readonly CompanyDetails[]> =>
    request<{ companies: CompanyDetails[] }>('DELETE', `/api/companies/${at(company)}/members/${at(person)}`).then(
      companiesOf,
    ),

  staff: (): Promise<StaffAnswer> => request('GET', '/api/staff'),
  createStaff: (given: { account: string; name: string; grants: readonly GrantView[] }): Promise<StaffAnswer> =>
    request('POST', '/api/staff', given),
  setGrants: (id: string, grants: readonly GrantView[]): Promise<StaffAnswer> =>
    request('PUT', `/api/staff/${at(id)}/grants`, { grants }),
  actOnStaff: (id: string, deed: StaffDeed): Promise<StaffAnswer> =>
    request('POST', `/api/staff/${at(id)}/deeds`, { deed }),
  audit: (filter: { by?: string; action?: string; number?: string; page?: number }): Promise<AuditList> =>
    request('GET', `/api/audit${query({ ...filter })}`),
};
