import type { StudioScenario } from '../../engine/contract/impact.ts';
import type { Files } from '../../engine/model/definition.ts';
import { query, request } from '../api/http.ts';

/** Calls that only the studio makes: they come with its chunk and not with the applicants' first page. */
const project = (id: string): string => `/api/studio/projects/${encodeURIComponent(id)}`;

export interface StudioFiles {
  readonly project: string;
  readonly files: Files;
}

export const studioApi = {
  /** @param of hash of one of its releases; the draft, else the release in force, where it is left out */
  files: (id: string, of?: string): Promise<StudioFiles> =>
    request('GET', `${project(id)}/files${of === undefined ? '' : query({ of })}`),
  scenarios: (id: string): Promise<readonly StudioScenario[]> =>
    request<{ scenarios: StudioScenario[] }>('GET', `${project(id)}/scenarios`).then((answer) => answer.scenarios),
  /** The same text twice is kept once. */
  keep: (id: string, text: string): Promise<StudioScenario> => request('POST', `${project(id)}/scenarios`, { text }),
  drop: (id: string, path: string): Promise<void> => request('DELETE', `${project(id)}/scenarios`, { path }),
} as const;
