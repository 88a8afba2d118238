import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault, faultOf } from '../../../ui/api/fault.ts';
import { query, request } from '../../../ui/api/http.ts';
import { api, requestId } from '../../../ui/api/index.ts';

const answer = (status: number, body: string): Response => new Response(body, { status });

describe('the client', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('sends JSON with every change, so that no foreign form can do the same', async () => {
    const call = vi.fn(async (_path: string, _init: RequestInit) => answer(200, '{"person":null}'));
    vi.stubGlobal('fetch', call);
    await api.logout();
    const [path, init] = call.mock.calls[0] ?? [];
    expect(path).toBe('/api/session');
    expect(init).toMatchObject({ method: 'DELETE', body: '{}', credentials: 'same-origin' });
    expect(init?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('keeps what a person typed out of the path', async () => {
    const call = vi.fn(async (_path: string) => answer(200, '{"options":[]}'));
    vi.stubGlobal('fetch', call);
    await api.options('../session', { q: 'a&b=c' });
    expect(call.mock.calls[0]?.[0]).toBe('/api/options/..%2Fsession?q=a%26b%3Dc');
  });

  it('turns a refusal into a fault with its blockers and fields', async () => {
    const blocker = {
      code: 'form-invalid',
      params: {},
      message: 'b',
      fields: [{ path: 'a.b', keyword: 'x', message: 'm' }],
    };
    vi.stubGlobal('fetch', async () =>
      answer(409, JSON.stringify({ error: { code: 'refused', message: 'no', blockers: [blocker] } })),
    );
    const fault = await request('POST', '/x').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ status: 409, code: 'refused', message: 'no', passing: false });
    expect((fault as Fault).fieldErrors).toEqual(blocker.fields);
  });

  it('says that the server is out of reach, and that this passes', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('network');
    });
    await expect(request('GET', '/x')).rejects.toMatchObject({ code: 'offline', status: 0, passing: true });
  });

  it('survives answers that are not ours', () => {
    expect(faultOf(502, '<html>', 'sorry')).toMatchObject({ code: 'unreadable', message: 'sorry', passing: true });
    expect(faultOf(400, 'null', 'sorry')).toMatchObject({ code: 'unreadable' });
    expect(faultOf(400, '[]', 'sorry')).toMatchObject({ code: 'unreadable' });
  });

  it('leaves out parameters without a value', () => {
    expect(query({ a: '', b: undefined, c: 'x', page: 2 })).toBe('?c=x&page=2');
    expect(query({})).toBe('');
  });

  it('makes an id for each press, also where randomUUID is missing', () => {
    expect(requestId()).not.toBe(requestId());
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) });
    expect(requestId()).toBe('07'.repeat(16));
  });
});
