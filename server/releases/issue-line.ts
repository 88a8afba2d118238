import type { Issue } from '../../engine/model/issue.ts';

/** `file:line:column message (proposal)`: a terminal makes it a link. */
export function issueLine({ file, line, column, message, proposal }: Issue): string {
  return `${file}:${line}:${column} ${message}${proposal === undefined ? '' : `（${proposal}）`}`;
}
