import type { Duration } from '../model/composed.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { issueAt, suggest } from '../read/index.ts';
import { parseDuration, percentOf } from './duration.ts';
import { durationRule, proposeDuration } from './settings.ts';

/** What a delay of `after`, `remind`, `promise` or `valid` comes to. Several only where a list is allowed. */
export function resolveDelay(
  written: string,
  settings: JsonObject,
  origin: Origin,
  path: string,
  issues: Issue[],
): Duration[] {
  const percent = /^(\d{1,4}(?:\.\d+)?)% of (.+)$/.exec(written.trim());
  const base = percent === null ? written.trim() : percent[2]!.trim();
  const durations = base.startsWith('settings.')
    ? fromSetting(base.slice('settings.'.length), settings, origin, path, issues)
    : base.split(',').flatMap((part) => {
        const duration = parseDuration(part);
        if (duration !== null) return [duration];
        const proposal = proposeDuration(part);
        issues.push(issueAt(origin, 'bad-delay', { value: part.trim(), rule: durationRule }, { path, proposal }));
        return [];
      });
  if (percent === null) return durations;
  const share = Number(percent[1]);
  if (share <= 0) {
    issues.push(issueAt(origin, 'bad-delay', { value: written, rule: '百分比应当大于 0' }, { path }));
    return [];
  }
  return durations.map((duration) => percentOf(duration, share));
}

function fromSetting(name: string, settings: JsonObject, origin: Origin, path: string, issues: Issue[]): Duration[] {
  let value: Json | undefined = settings;
  for (const step of name.split('.'))
    value =
      value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, step)
        ? value[step]
        : undefined;
  if (value === undefined) {
    const near = suggest(name, Object.keys(settings));
    const proposal = near === undefined ? undefined : `settings.${near}`;
    issues.push(issueAt(origin, 'unknown-setting', { name }, { path, proposal }));
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
