import { CASE } from '../../policies/case-access.ts';
import { makeEvidencePack } from '../../use-cases/evidence-pack.ts';
import { bodyOf, param, textOf } from '../request.ts';
import type { Route } from '../route.ts';

/** The printable evidence pack of a case. A changing request: each making of it is written down. */
export const evidenceRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/cases/:id/evidence',
    access: { kind: 'case', who: CASE.others },
    async handle(context, call) {
      const reason = textOf(bodyOf(call), 'reason');
      const { pack, number } = await makeEvidencePack(context, call.caller, param(call, 'id'), reason);
      // Fonts and the PDF library come with the first one.
      const { drawPack } = await import('../../evidence/draw.ts');
      const pdf = await drawPack(pack);
      const { response } = call;
      response.setHeader('content-disposition', `attachment; filename="evidence-${number}.pdf"`);
      response.setHeader('cache-control', 'private, no-store');
      response.type('application/pdf').send(pdf);
    },
  },
];
