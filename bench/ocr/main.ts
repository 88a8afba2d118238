import { mkdirSync, writeFileSync } from 'node:fs';
import { readFields } from '../../server/connectors/ocr/reader/fields.ts';
import { loadModels, type Models } from '../../server/connectors/ocr/reader/models.ts';
import { decode } from '../../server/connectors/ocr/reader/picture.ts';
import { launchBrowser } from '../../tests/e2e/support/browser.ts';
import { type Part, type Picture, parts, pictureOf, serveFonts } from './set.ts';

/** What has to be reached on pictures that the rules were not tuned on. */
const least = { overall: 0.95, worst: 0.85, number: 0.99 };
const numbers = ['businessLicense.code', 'idCardFront.number'];

interface Tally {
  right: number;
  all: number;
}

/**
 * `npm run bench -- ocr [images] [known|seen|unseen] [--failures] [--keep=FOLDER]`: reads generated pictures and counts exact matches;
 * unless a part is named, those whose layouts and fonts the rules were not tuned on. @returns exit code, 1 when the target is missed
 */
export async function main(args: readonly string[]): Promise<number> {
  const images = Number(args.find((one) => /^\d+$/.test(one)) ?? 440);
  const named = parts.filter((part) => args.includes(part));
  const chosen = named.length > 0 ? named : (['unseen'] as const);
  const keep = args.find((one) => one.startsWith('--keep='))?.slice(7);
  const models = await loadModels();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1640, height: 1480 } });
    await serveFonts(page);
    let good = true;
    for (const part of chosen) {
      const results: Result[] = [];
      for (let number = 0; number < Math.ceil(images / chosen.length); number++) {
        const picture = await pictureOf(page, part, number);
        if (keep) {
          mkdirSync(keep, { recursive: true });
          writeFileSync(`${keep}/${part}-${number}-${picture.kind}-${picture.damage}.jpg`, picture.image);
        }
        const result = await judge(models, picture);
        results.push(result);
        if (args.includes('--failures'))
          for (const { field, read, expected } of result.fields.filter((one) => one.read !== one.expected))
            console.error(
              `${part} ${number} ${picture.damage} ${picture.look.layout} ${field}: ${read ?? '-'} | ${expected}`,
            );
      }
      good = report(part, results) && good;
    }
    return good ? 0 : 1;
  } finally {
    await browser.close();
  }
}

interface Result {
  readonly kind: string;
  readonly damage: string;
  readonly ms: number;
  readonly fields: readonly {
    readonly field: string;
    readonly expected: string;
    readonly read: string | null;
    readonly sure: boolean;
  }[];
}

async function judge(models: Models, picture: Picture): Promise<Result> {
  const before = process.cpuUsage();
  const read = await readFields(models, await decode(picture.image), picture.kind);
  const used = process.cpuUsage(before);
  const fields = Object.entries(picture.expected).map(([name, expected]) => {
    const found = read[name];
    const sure = found !== undefined && (found.checked || found.score >= 0.9);
    return { field: `${picture.kind}.${name}`, expected, read: found?.value ?? null, sure };
  });
  return { kind: picture.kind, damage: picture.damage, ms: (used.user + used.system) / 1000, fields };
}

/** JSON lines. @returns whether the targets are met; they are set for the part that is new */
function report(part: Part, results: readonly Result[]): boolean {
  const byField = new Map<string, Tally>();
  const byDamage = new Map<string, Tally>();
  let wrongButSure = 0;
  for (const { damage, fields } of results) {
    for (const { field, expected, read, sure } of fields) {
      const right = read === expected;
      if (!right && sure) wrongButSure += 1;
      count(byField, field, right);
      count(byDamage, damage, right);
    }
  }
  const line = (metric: string, { right, all }: Tally) =>
    console.log(JSON.stringify({ bench: 'ocr', part, metric, right, all, share: share({ right, all }) }));
  for (const [field, tally] of [...byField].sort()) line(field, tally);
  for (const [damage, tally] of byDamage) line(`under ${damage}`, tally);
  const overall = [...byField.values()].reduce(
    (sum, { right, all }) => ({ right: sum.right + right, all: sum.all + all }),
    { right: 0, all: 0 },
  );
  line('overall', overall);
  console.log(
    JSON.stringify({ bench: 'ocr', part, metric: 'wrong-and-not-highlighted', count: wrongButSure, all: overall.all }),
  );
  for (const kind of [...new Set(results.map((one) => one.kind))]) {
    const times = results
      .filter((one) => one.kind === kind)
      .map(({ ms }) => Math.round(ms))
      .sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
    console.log(
      JSON.stringify({
        bench: 'ocr',
        part,
        metric: `${kind} cpu ms per image`,
        images: times.length,
        median: at(0.5),
        p90: at(0.9),
      }),
    );
  }
  const worst = Math.min(...[...byField.values()].map(share));
  const sure = numbers.every((field) => share(byField.get(field) ?? { right: 1, all: 1 }) >= least.number);
  return part !== 'unseen' || (share(overall) >= least.overall && worst >= least.worst && sure);
}

function count(tallies: Map<string, Tally>, key: string, right: boolean): void {
  const tally = tallies.get(key) ?? { right: 0, all: 0 };
  tallies.set(key, { right: tally.right + (right ? 1 : 0), all: tally.all + 1 });
}

function share({ right, all }: Tally): number {
  return all === 0 ? 0 : Math.round((right / all) * 10_000) / 10_000;
}
