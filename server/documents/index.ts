import type { CaseState } from '../../engine/model/case.ts';
import type { Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { contentOf } from './content.ts';
import { pdfOf } from './pdf.ts';

export { UnknownDocument } from './content.ts';

/**
 * A printable document of a case as PDF (A4), drawn from the release that the case is pinned to.
 * The same case gives the same file. @throws UnknownDocument
 */
export function renderDocument(
  definition: Definition,
  state: CaseState,
  documentId: string,
  env: Environment,
): Promise<Buffer> {
  return pdfOf(contentOf(definition, state, documentId, env), { author: definition.project.title });
}
