import type { Request, Response } from 'express';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import type { Person } from '../accounts/accounts.ts';
import { Fault, invalid } from '../fault.ts';
import { isObject } from '../json.ts';
import type { Caller } from '../policies/case-access.ts';

/** A request with who sends it. */
export interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  /** Tokens of the session cookies, for closing and renewing. */
  readonly tokens: { readonly person: string | null; readonly link: string | null };
  /** Address of the client as far as the configured proxies are trusted. */
  readonly address: string;
  /** `http://host:port` under which the client sees this server. */
  readonly origin: string;
}

/** Whoever is logged in; a route whose access asks for a person has one. @throws Fault not-logged-in */
export function personOf({ caller }: Call): Person {
  if (!caller.person) throw new Fault(401, 'not-logged-in');
  return caller.person;
}

const DEEPEST = 32;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** A body that is a JSON object, not too deep and without names that poison objects. @throws Fault request-invalid */
export function bodyOf(call: Call): JsonObject {
  const body: unknown = call.request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('需要一个 JSON 对象', 'a JSON object is wanted');
  guard(body as Json, 0);
  return body as JsonObject;
}

function guard(value: Json, depth: number): void {
  if (depth > DEEPEST) throw invalid(`嵌套超过 ${DEEPEST} 层`, `nested deeper than ${DEEPEST}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) throw invalid(`不能用 ${key} 作名称`, `${key} cannot be a name`);
    guard(item as Json, depth + 1);
  }
}

/** A text of the body. @throws Fault request-invalid */
export function textOf(body: JsonObject, name: string, most = 1_000): string {
  const value = body[name];
  if (typeof value !== 'string') throw invalid(`${name} 应为文字`, `${name} has to be a text`);
  if (value.length > most) throw invalid(`${name} 最多 ${most} 个字`, `${name} has at most ${most} characters`);
  return value;
}

export function optionalText(body: JsonObject, name: string, most = 1_000): string | undefined {
  return body[name] === undefined ? undefined : textOf(body, name, most);
}

export function numberOf(body: JsonObject, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw invalid(`${name} 应为整数`, `${name} has to be a whole number`);
  return value;
}

/** `{ form: { field: value } }`. @throws Fault request-invalid */
export function formsOf(body: JsonObject, name: string): { [form: string]: JsonObject } | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!isObject(value)) throw invalid(`${name} 应为对象`, `${name} has to be an object`);
  const forms: { [form: string]: JsonObject } = {};
  for (const [form, fields] of Object.entries(value)) {
    if (!isObject(fields)) throw invalid(`${name}.${form} 应为对象`, `${name}.${form} has to be an object`);
    forms[form] = fields;
  }
  return forms;
}

/** A text of the query string, empty when absent or repeated. */
export function queryText(call: Call, name: string, most = 100): string {
  const value = call.request.query[name];
  return typeof value === 'string' ? value.slice(0, most).trim() : '';
}

/** A page number from 1. */
export function queryPage(call: Call): number {
  const page = Number(queryText(call, 'page') || '1');
  return Number.isInteger(page) && page > 0 ? Math.min(page, 100_000) : 1;
}

export function param(call: Call, name: string): string {
  const value = call.request.params[name];
  return typeof value === 'string' ? value : '';
}
