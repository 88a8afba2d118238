/** A number against one that is known before the search. */
export interface Test {
  readonly op: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly than: number;
}

/** The same asked the other way round. */
export const mirrored: { readonly [op in Test['op']]: Test['op'] } = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

export function passes(test: Test, value: number): boolean {
  switch (test.op) {
    case '<':
      return value < test.than;
    case '<=':
      return value <= test.than;
    case '>':
      return value > test.than;
    case '>=':
      return value >= test.than;
    case '==':
      return value === test.than;
    case '!=':
      return value !== test.than;
  }
}

/** From this value on every larger one answers the test the same way. */
export function boundOf(test: Test): number {
  return Math.max(0, test.op === '<' || test.op === '>=' ? test.than : test.than + 1);
}
