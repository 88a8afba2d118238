import type { Delay, Duration } from '../model/composed.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { issueAt, suggest } from '../read/index.ts';
import { parseDuration, percentOf } from './duration.ts';
import { durationRule, proposeDuration } from './settings.ts';

/**
 * What a delay of `after` or `remind` comes to; several only where a list is allowed.
 *
 *   30 days · settings.draftTtl · 75% of settings.reviewSla · settings.transferTimeout on bank days
 *   settings.waits by counters.tries · 90 days before last.loans.until · last.postponed.until
 */
export function resolveDelay(
  written: string,
  settings: JsonObject,
  origin: Origin,
  path: string,
  issues: Issue[],
): Delay[] {
  const text = written.trim();
  const anchored = /^(.+) (before|after) (\S+)$/.exec(text);
  if (anchored !== null) {
    const [, offset = '', side, of = ''] = anchored;
    return resolveDuration(offset, settings, origin, path, issues).map(
      (duration): Delay => ({ kind: 'moment', of, side: side as 'before' | 'after', offset: duration }),
    );
  }
  const stepped = /^(.+) by counters\.(\w+)$/.exec(text);
  if (stepped !== null) {
    const each = resolveDuration(stepped[1]!, settings, origin, path, issues);
    return each.length === 0 ? [] : [{ kind: 'nth', each, counter: stepped[2]! }];
  }
  if (!text.startsWith('settings.') && /^[a-z]\w*(\.\w+)+$/.test(text))
    return [{ kind: 'moment', of: text, side: 'after', offset: null }];
  return resolveDuration(text, settings, origin, path, issues);
}

/** What a time that counts from now on comes to: of `promise`, of `valid`, and inside of the delays above. */
export function resolveDuration(
  written: string,
  settings: JsonObject,
  origin: Origin,
  path: string,
  issues: Issue[],
): Duration[] {
  const calendar = / on (\w[\w-]*) days$/.exec(written);
  const text = (calendar === null ? written : written.slice(0, calendar.index)).trim();
  const percent = /^(\d{1,4}(?:\.\d+)?|settings\.[\w.]+)% of (.+)$/.exec(text);
  const base = percent === null ? text : percent[2]!.trim();
  const durations = base.startsWith('settings.')
    ? fromSetting(base.slice('settings.'.length), settings, origin, path, issues)
    : base.split(',').flatMap((part) => {
        const duration = parseDuration(part);
        if (duration !== null) return [duration];
        const proposal = proposeDuration(part);
        issues.push(issueAt(origin, 'bad-delay', { value: part.trim(), rule: durationRule }, { path, proposal }));
        return [];
      });
  const share = percent === null ? 100 : shareOf(percent[1]!, settings, origin, path, issues);
  if (share === null) return [];
  if (share <= 0) {
    issues.push(issueAt(origin, 'bad-delay', { value: written, rule: '百分比应当大于 0' }, { path }));
    return [];
  }
  return durations.map((duration) => {
    const part = share === 100 ? duration : percentOf(duration, share);
    return calendar === null || part.kind === 'elapsed' ? part : { ...part, calendar: calendar[1]! };
  });
}

function shareOf(written: string, settings: JsonObject, origin: Origin, path: string, issues: Issue[]): number | null {
  if (!written.startsWith('settings.')) return Number(written);
  const name = written.slice('settings.'.length);
  const value = settingAt(name, settings);
  if (typeof value === 'number') return value;
  if (value === undefined) issues.push(unknownSetting(name, settings, origin, path));
  else {
    const rule = '百分比应当是数字';
    issues.push(issueAt(origin, 'bad-delay', { value: JSON.stringify(value), rule }, { path, proposal: '75' }));
  }
  return null;
}

function fromSetting(name: string, settings: JsonObject, origin: Origin, path: string, issues: Issue[]): Duration[] {
  const value = settingAt(name, settings);
  if (value === undefined) {
    issues.push(unknownSetting(name, settings, origin, path));
    return [];
  }
  const out: Duration[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    const duration = typeof item === 'string' ? parseDuration(item) : null;
    if (duration === null)
      issues.push(issueAt(origin, 'delay-not-duration', { name, value: JSON.stringify(item) }, { path }));
    else out.push(duration);
  }
  return out;
}

function settingAt(name: string, settings: JsonObject): Json | undefined {
  let value: Json | undefined = settings;
  for (const step of name.split('.'))
    value =
      value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
  return value;
}

function unknownSetting(name: string, settings: JsonObject, origin: Origin, path: string): Issue {
  const near = suggest(name, Object.keys(settings));
  return issueAt(
    origin,
    'unknown-setting',
    { name },
    { path, proposal: near === undefined ? undefined : `settings.${near}` },
  );
}
