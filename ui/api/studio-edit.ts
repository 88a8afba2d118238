import type { Editable } from '../../engine/edit/index.ts';
import { type RequestOptions, request } from './http.ts';

/** What can be changed at a state of the text; nothing is kept. */
export const studioPlace = (id: string, yaml: string, address: string, options?: RequestOptions): Promise<Editable> =>
  request('POST', `/api/studio/projects/${encodeURIComponent(id)}/place`, { yaml, address }, options);
