import busboy from 'busboy';
import type { Context } from '../../context.ts';
import { Fault, invalid, notFound } from '../../fault.ts';
import { CASE } from '../../policies/case-access.ts';
import { compareReadings } from '../../use-cases/compare-readings.ts';
import { openCase } from '../../use-cases/open-case.ts';
import { recogniseFile } from '../../use-cases/recognise-file.ts';
import { openSlot, type UploadTarget } from '../../use-cases/upload-file.ts';
import { type Call, param } from '../request.ts';
import type { Route } from '../route.ts';

/** Larger than any slot: a slot's own limit says so in a sentence, this one ends the connection. */
const MOST_BYTES = 20 * 1024 * 1024;

export const fileRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/cases/:id/files',
    access: { kind: 'case', who: CASE.changed },
    body: 'multipart',
    async handle(context, call) {
      // Whether there is a place for it is asked before a byte is kept.
      await openCase(context, call.caller, param(call, 'id'));
      const { target, bytes } = await receive(call);
      const slot = await openSlot(context, call.caller, param(call, 'id'), target);
      return slot.store(bytes);
    },
  },
  { method: 'get', path: '/api/cases/:id/files/:file', access: { kind: 'case', who: CASE.seen }, handle: download },
  {
    method: 'post',
    path: '/api/cases/:id/files/:file/recognition',
    access: { kind: 'case', who: CASE.changed },
    handle: (context, call) => recogniseFile(context, call.caller, param(call, 'id'), param(call, 'file')),
  },
  {
    method: 'post',
    path: '/api/cases/:id/readings',
    access: { kind: 'case', who: CASE.others },
    handle: (context, call) => compareReadings(context, call.caller, param(call, 'id')),
  },
];

/** Reads the three parts of an upload. @throws Fault file-none, request-invalid, request-too-large */
function receive(call: Call): Promise<{ readonly target: UploadTarget; readonly bytes: Buffer }> {
  const { request } = call;
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    const chunks: Buffer[] = [];
    let name: string | null = null;
    let tooLarge = false;
    let parser: busboy.Busboy;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: { files: 1, fields: 4, fieldSize: 200, fileSize: MOST_BYTES, parts: 6 },
      });
    } catch {
      reject(invalid('multipart 写法有误', 'multipart is not written correctly'));
      return;
    }
    parser.on('field', (field, value) => fields.set(field, value));
    parser.on('file', (field, stream, info) => {
      if (field !== 'file') {
        stream.resume();
        return;
      }
      name = info.filename ?? '';
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => {
        tooLarge = true;
        chunks.length = 0;
      });
    });
    parser.on('error', () => reject(invalid('multipart 写法有误', 'multipart is not written correctly')));
    parser.on('close', () => {
      if (tooLarge) return reject(new Fault(413, 'request-too-large', { limit: '20 MB' }));
      if (name === null) return reject(new Fault(422, 'file-none'));
      const [form, field] = [fields.get('form'), fields.get('field')];
      if (form === undefined || field === undefined)
        return reject(invalid('缺少 form 或 field', 'form or field is missing'));
      resolve({ target: { form, field, name }, bytes: Buffer.concat(chunks) });
    });
    request.on('aborted', () => reject(invalid('上传中断', 'the upload broke off')));
    request.pipe(parser);
  });
}

/** The bytes of a file of this case, opened where nothing in them can act. */
async function download(context: Context, call: Call): Promise<void> {
  const { response } = call;
  const { document, definition, actor } = await openCase(context, call.caller, param(call, 'id'));
  const file = await context.vault.find(document.state.id, param(call, 'file'));
  // A phone sees only what it uploaded; staff and owners what belongs to forms of the case.
  if (!file || (actor.via !== undefined && !isOfLink(definition, actor.via, file.form))) throw notFound();
  if (file.erasedAt !== undefined) throw new Fault(410, 'file-erased');
  const isPicture = file.type.startsWith('image/');
  const isPdf = file.type === 'application/pdf';
  response.setHeader('content-type', isPicture || isPdf ? file.type : 'application/octet-stream');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader(
    'content-disposition',
    `${isPicture || isPdf ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  );
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'self'; sandbox");
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cache-control', 'private, max-age=3600');
  response.send(await context.vault.read(file));
}

function isOfLink(
  definition: {
    readonly states: {
      readonly [address: string]: { readonly task: { via: string | null; forms: readonly string[] } | null };
    };
  },
  via: string,
  form: string,
): boolean {
  return Object.values(definition.states).some(({ task }) => task?.via === via && task.forms.includes(form));
}
