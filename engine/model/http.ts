import type { Json, JsonObject } from './json.ts';

/**
 * How a connector's contract is kept over HTTP (`http:` in its file). Expressions are CEL: a request sees `input`
 * (`send` only), `request` and `now`; a result also `status`, `headers` and `answer`; a callback `body`, `headers` and `query`.
 * Waiting times in ms. Secrets are names: their values are in the server's environment.
 */
export interface HttpBinding {
  readonly base: string;
  readonly timeout: number;
  readonly authorization?: HttpAuthorization;
  readonly operations: { readonly [operation: string]: { readonly send: HttpRequest; readonly ask?: HttpRequest } };
  readonly callback?: HttpCallback;
}

export interface HttpAuthorization {
  readonly bearer?: string;
  readonly basic?: { readonly user: string; readonly password: string };
  readonly header?: { readonly name: string; readonly secret: string };
  readonly oauth?: HttpOauth;
  readonly hmac?: HttpSignature & { readonly secret: string };
  readonly rsa?: HttpSignature & { readonly key: string };
  readonly time?: HttpTime;
  readonly id?: HttpPlace;
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4): `path` below the base; client and secret are names of secrets. */
export interface HttpOauth {
  readonly path: string;
  readonly client: string;
  readonly secret: string;
  readonly scope?: string;
}

/** One of the two: a header, or a parameter (a field of the body; of the query, of a request without a body). */
export interface HttpPlace {
  readonly header?: string;
  readonly field?: string;
}

/** A signature over `over`, a text with the places of `signedPlaces`. */
export interface HttpSignature extends HttpPlace {
  readonly over: string;
  readonly encoding?: 'hex' | 'base64';
  readonly prefix?: string;
  readonly hash?: 'sha256' | 'sha512';
}

export interface HttpTime extends HttpPlace {
  readonly unit?: 'seconds' | 'milliseconds';
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: JsonObject;
  readonly headers?: { readonly [name: string]: Json };
  readonly body?: JsonObject;
  readonly as?: 'json' | 'form';
  readonly answer?: JsonObject;
  readonly results: readonly HttpResult[];
}

/** What an answer means: an outcome, not yet known, or (of `ask`) that the request never arrived. */
export interface HttpResult {
  readonly status?: readonly number[];
  readonly if?: string | boolean;
  readonly outcome?: string;
  readonly pending?: true;
  readonly absent?: true;
  readonly data?: JsonObject;
}

export interface HttpCallback {
  readonly hmac?: HttpSignature & { readonly secret: string };
  readonly rsa?: HttpSignature & { readonly key: string };
  readonly time: HttpTime & { readonly within: number };
  readonly id?: HttpPlace;
  readonly as?: 'json' | 'form';
  readonly body?: JsonObject;
  readonly reference: string | boolean;
  readonly results: readonly {
    readonly if?: string | boolean;
    readonly outcome?: string;
    readonly event?: string;
    readonly data?: JsonObject;
  }[];
  readonly reply?: { readonly text?: string; readonly json?: JsonObject };
}

/**
 * Places in a text that is signed. `sorted` are the parameters but the signature: `a=1&b=2`, by name, not encoded, without
 * empty ones.
 */
export const signedPlaces = ['method', 'path', 'time', 'id', 'body', 'sorted'] as const;

/** What a request tells of itself: JSON Schema of `request`. */
export const requestSchema: JsonObject = {
  type: 'object',
  required: ['reference', 'key', 'caseNumber', 'project', 'callback', 'at'],
  properties: {
    reference: { type: 'string' },
    key: { type: 'string' },
    caseNumber: { type: 'string' },
    project: { type: 'string' },
    callback: { type: 'string' },
    at: { type: 'string' },
  },
};
