import { vi } from 'vitest';
import { main } from '../../../server/cli/main.ts';

// The first call of a command loads it, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** One call of the command with what it wrote. `vi.restoreAllMocks()` gives the console back. */
export async function certflow(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text));
  return { code: await main(args), out: out.join('\n'), err: err.join('\n') };
}
