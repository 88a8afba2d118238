import { type CaseState, type Definition, type Environment, printed } from '../../engine/index.ts';
import { pdfOf } from './pdf.ts';

export class UnknownDocument extends Error {
  constructor(id: string) {
    super(`no document ${id} in this release`);
    this.name = 'UnknownDocument';
  }
}

/**
 * A printable document of a case as PDF (A4), drawn from the release that the case is pinned to.
 * The same case gives the same file. @throws UnknownDocument
 */
export async function renderDocument(
  definition: Definition,
  state: CaseState,
  documentId: string,
  env: Environment,
): Promise<Buffer> {
  const content = printed(definition, state, documentId, env);
  if (content === null) throw new UnknownDocument(documentId);
  return pdfOf(content, { author: definition.project.title });
}
