import type { EditableParts } from '../../engine/contract/editable.ts';
import { type RequestOptions, request } from './http.ts';

/** Forms and texts of a project as they are without its changes. */
export function studioParts(id: string, yaml: string, options?: RequestOptions): Promise<EditableParts> {
  return request('POST', `/api/studio/projects/${encodeURIComponent(id)}/parts`, { yaml }, options);
}
