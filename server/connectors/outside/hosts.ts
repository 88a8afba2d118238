import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { request as askPlain, type RequestOptions } from 'node:http';
import { request as askTls } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { traceHeaders } from '../../trace/place.ts';

/** What a connector may reach. Entries are `host`, `host:port`, or `*.domain`. */
export interface HostRules {
  /** Public hosts, by https. */
  readonly hosts: readonly string[];
  /** Hosts that may have a private address, or be asked without encryption (a gateway inside the house, tests). */
  readonly privateHosts: readonly string[];
}

export interface Ask {
  readonly method: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
  /** For the whole exchange, ms. */
  readonly timeout: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

/** HTTP to other systems. @throws HostRefused, or an error of the network; redirects are answers, never followed. */
export interface Outside {
  ask(url: string, ask: Ask): Promise<Answer>;
  /** Whether this server may ask there at all. */
  allows(url: string): boolean;
}

/** The address is not one that this server may ask: a mistake of the configuration, repeating is no use. */
export class HostRefused extends Error {
  constructor(host: string, reason: string) {
    super(`${host} ${reason}`);
    this.name = 'HostRefused';
  }
}

const MOST = 2_000_000;

/** Loopback, private, link-local (with the cloud's metadata), shared, multicast, documentation and reserved addresses. */
const inward = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [network = '', bits] = range.split('/');
  inward.addSubnet(network, Number(bits), 'ipv4');
}
for (const range of [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]) {
  const [network = '', bits] = range.split('/');
  inward.addSubnet(network, Number(bits), 'ipv6');
}

export function isInward(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return inward.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6') || /^::ffff:/i.test(plain);
}

function fits(rules: readonly string[], url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return rules.some((rule) => {
    const [, host = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
    if (wanted !== undefined ? wanted !== port : !['443', '80'].includes(port)) return false;
    const name = url.hostname.toLowerCase();
    return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host;
  });
}

/**
 * The only way out for connectors. The name is resolved once, by us, and the connection goes to the address that was
 * looked at: a name that answers differently the second time gains nothing.
 */
export function createOutside(rules: HostRules): Outside {
  function mayBePrivate(url: URL): boolean {
    return fits(rules.privateHosts, url);
  }

  function refusal(url: URL): string | null {
    if (!['https:', 'http:'].includes(url.protocol)) return 'is not asked by HTTP';
    if (mayBePrivate(url)) return null;
    if (url.protocol !== 'https:') return 'is not encrypted';
    if (!fits(rules.hosts, url)) return 'is not in the list of allowed hosts';
    const name = url.hostname.replace(/^\[|\]$/g, '');
    return isIP(name) !== 0 && isInward(name) ? 'is a private address' : null;
  }

  return {
    allows(address) {
      return URL.canParse(address) && refusal(new URL(address)) === null;
    },
    async ask(address, { method, headers = {}, body, timeout }) {
      const url = new URL(address);
      const refused = refusal(url);
      if (refused !== null) throw new HostRefused(url.host, refused);
      const options: RequestOptions = {
        method,
        headers: {
          ...traceHeaders(),
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        },
        lookup: mayBePrivate(url) ? (lookup as LookupFunction) : publicOnly(url.host),
        signal: AbortSignal.timeout(timeout),
      };
      return new Promise<Answer>((resolve, reject) => {
        const sent = (url.protocol === 'https:' ? askTls : askPlain)(url, options, (response) => {
          const parts: Buffer[] = [];
          let size = 0;
          response.on('data', (part: Buffer) => {
            size += part.length;
            if (size > MOST) response.destroy(new Error('the answer is too long'));
            else parts.push(part);
          });
          response.on('error', reject);
          response.on('end', () => {
            const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
            resolve({
              status: response.statusCode ?? 0,
              headers: Object.fromEntries(told),
              body: Buffer.concat(parts),
            });
          });
        });
        sent.on('error', reject);
        sent.end(body);
      });
    },
  };
}

/** Resolves as usual and refuses when any of the addresses lies inside. */
function publicOnly(host: string): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...(options as LookupOptions), all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, '');
      if (addresses.some(({ address }) => isInward(address)))
        return done(new HostRefused(host, 'has a private address'), '');
      if (options.all) return done(null, addresses as unknown as string);
      done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
