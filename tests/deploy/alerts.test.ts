import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { LIMITS } from '../../server/metrics/health.ts';
import type { Running } from '../../server/server.ts';
import { ROOT, testServer } from '../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

const { groups } = parse(readFileSync(join(ROOT, 'deploy/alerts.rules.yaml'), 'utf8')) as {
  groups: { name: string; rules: Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const book = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');

let running: Running;
let page = '';
beforeAll(async () => {
  running = await testServer();
  page = await (await fetch(`${running.url}/metrics`)).text();
});
afterAll(() => running.close());

/** Words of PromQL; everything else is a metric or a label. */
const WORDS = /^(sum|max|min|avg|rate|by|le|histogram_quantile|increase|and|or|unless|on|ignoring)$/;

function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/by \([^)]*\)/g, '');
  return (bare.match(/[a-zA-Z_][\w]*/g) ?? []).filter((word) => !WORDS.test(word));
}

describe('the alerts', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for what is on /metrics', (_, { expr }) => {
    const asked = metricsIn(expr);
    expect(asked.length).toBeGreaterThan(0);
    const declared = new Map(
      [...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type]),
    );
    for (const name of asked) {
      // Prometheus's own.
      if (name === 'up') continue;
      const base = name.endsWith('_bucket') ? name.slice(0, -'_bucket'.length) : name;
      expect(declared.get(base), name).toBe(name.endsWith('_bucket') ? 'histogram' : (declared.get(name) ?? 'none'));
      // Of a counter only the growth says anything.
      if (declared.get(name) === 'counter') expect(expr).toContain(`rate(${name}`);
    }
  });

  test('every label that is asked for is one of the metric', () => {
    const labels: { readonly [name: string]: readonly string[] } = {
      certflow_http_requests_total: ['method', 'route', 'status'],
      certflow_steps_total: ['kind', 'outcome'],
      certflow_calls_total: ['connector', 'operation', 'outcome'],
      up: ['job'],
    };
    for (const { alert, expr } of rules)
      for (const [, name = '', inside = ''] of expr.matchAll(/(\w+)\{([^}]*)\}/g))
        for (const [, label = ''] of inside.matchAll(/(\w+)(?:=~|!~|!=|=)"/g))
          expect(labels[name], `${alert}: ${name}`).toContain(label);
  });

  test('names are different, and somebody knows how urgent each is', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(labels.severity).toMatch(/^(page|ticket)$/);
      expect(annotations.summary.length).toBeGreaterThan(10);
    }
  });

  test('limits are those of the page for operations', () => {
    const of = (alert: string): string => rules.find((rule) => rule.alert === alert)?.expr ?? '';
    expect(of('CertflowOutboxStuck')).toContain(`> ${LIMITS.queue[1] / 1000}`);
    expect(of('CertflowTimersLate')).toContain(`> ${LIMITS.timers[1] / 1000}`);
    expect(of('CertflowEventLoopLate')).toContain(`> ${LIMITS.loop[1] / 1000}`);
  });
});

describe('the runbooks', () => {
  const parts = (book.split(/^## Runbooks$/m)[1] ?? '').split(/^### /m).slice(1);
  const nameOf = (part: string): string => part.split('\n')[0]?.trim() ?? '';

  test('there is one for each alert, and none for an alert that is not there', () => {
    expect(parts.map(nameOf).sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  test.each(rules.map(({ alert }) => alert))(
    '%s says what it means, what to look at, what to do, when it is over',
    (alert) => {
      const part = parts.find((one) => nameOf(one) === alert) ?? '';
      for (const heading of ['**Means.**', '**Look.**', '**Do.**', '**Over.**'])
        expect(part.split(heading)[1]?.split('**')[0]?.trim().length ?? 0, heading).toBeGreaterThan(15);
    },
  );

  test('the page for operations names only runbooks that are there', () => {
    const named = readFileSync(join(ROOT, 'ui/desk/health/parts.ts'), 'utf8').match(/Certflow\w+/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(rules.map(({ alert }) => alert)).toContain(name);
  });
});
