import type { ScenarioResult } from '../../engine/simulate/index.ts';

/** What a played case did, a line for each step. */
export function trace(result: ScenarioResult): string {
  const lines = (result.session?.journal ?? []).map((entry) => {
    const parts = [
      `${entry.revision} ${entry.what} (${entry.by})`,
      `left ${entry.left.join(' ')}`,
      `entered ${entry.entered.join(' ')}`,
    ];
    for (const list of ['proved', 'voided', 'counted', 'recorded', 'notified', 'changed'] as const) {
      if (entry[list].length > 0) parts.push(`${list} ${entry[list].join(' ')}`);
    }
    if (entry.erased !== undefined) parts.push(`erased ${entry.erased.join(' ')}`);
    return parts.join(' | ');
  });
  return `${lines.join('\n')}\n`;
}
