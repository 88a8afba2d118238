import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { regionOf, together } from './regions.ts';
import { keyAt, type ProcessRule } from './rule.ts';

/** One region leads an event of a person; the others follow it. */
export const leaders: ProcessRule = {
  id: 'leaders',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const { declared, written } = process;
    const led = new Map<string, Map<string, string>>();
    const followed = new Map<string, string>();
    for (const state of Object.values(written.states)) {
      const region = regionOf(written, state.address);
      for (const event of Object.keys(state.on)) {
        const regions = led.get(event) ?? new Map<string, string>();
        if (!regions.has(region)) regions.set(region, state.address);
        led.set(event, regions);
      }
      for (const event of Object.keys(state.follow)) followed.set(event, state.address);
    }
    for (const [event, regions] of led) {
      if (own(declared.events, event)?.by === undefined || regions.size < 2) continue;
      // States of one region may each have it; so may regions that can't be active together.
      const places = [...regions.values()];
      const clash = places.find((a, index) => places.slice(0, index).some((b) => together(written, a, b)));
      if (clash === undefined) continue;
      const at = `${clash}.on.${event}`;
      issues.push(
        issueAt(
          keyAt(process, at),
          'event-two-regions',
          { name: event, regions: [...regions.keys()].join('、') },
          { path: at },
        ),
      );
    }
    for (const [event, address] of followed)
      if (!led.has(event) && Object.hasOwn(declared.events, event)) {
        const at = `${address}.follow.${event}`;
        issues.push(issueAt(keyAt(process, at), 'follow-without-leader', { name: event }, { path: at }));
      }
    return issues;
  },
};
