import type { FileReference } from '../../engine/contract/routes.ts';
import { locale, t } from '../app/texts/index.ts';
import { Fault, faultOf } from './fault.ts';
import { sessionLost } from './session-loss.ts';

export interface UploadAnswer {
  readonly file: FileReference;
}

export interface UploadOptions {
  /** 0..1 of the bytes sent. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Sends one file into a slot. XMLHttpRequest, because fetch reports no progress of what is sent. Throws Fault. */
export function upload(
  caseId: string,
  form: string,
  field: string,
  file: Blob,
  name: string,
  options: UploadOptions = {},
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const data = new FormData();
    data.set('form', form);
    data.set('field', field);
    data.set('file', file, name);
    const call = new XMLHttpRequest();
    call.open('POST', `/api/cases/${encodeURIComponent(caseId)}/files`);
    call.setRequestHeader('accept', 'application/json');
    call.setRequestHeader('accept-language', locale());
    call.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    call.onload = () => {
      if (call.status < 200 || call.status > 299) {
        const fault = faultOf(call.status, call.responseText, t('fault.unreadable', { status: call.status }));
        if (fault.loggedOut) sessionLost();
        reject(fault);
        return;
      }
      try {
        resolve(JSON.parse(call.responseText) as UploadAnswer);
      } catch {
        reject(new Fault(call.status, 'unreadable', t('fault.unreadable', { status: call.status })));
      }
    };
    call.onerror = () => reject(new Fault(0, 'offline', t('fault.offline')));
    call.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    options.signal?.addEventListener('abort', () => call.abort(), { once: true });
    call.send(data);
  });
}
