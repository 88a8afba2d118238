import { here, newPlace, type Place, within } from './place.ts';

/** What a part of a trace says of itself: words of definitions, codes and numbers. */
export type About = { readonly [name: string]: string | number | undefined };

/** A part of a trace that is under way. */
export interface Span {
  readonly place: Place;
  end(about?: About, failed?: boolean): void;
}

export type SpanKind = 'server' | 'client' | 'inside';

export interface Tracing {
  /** @param parent null begins a trace */
  begin(name: string, kind: SpanKind, parent: Place | null, about?: Pick<Place, 'case'>): Span;
  /** Sends what is left; for the end of the process. */
  stop(): Promise<void>;
}

/** Numbers for logs, for answers and for other systems; nothing is kept or sent. */
export const plainTracing: Tracing = {
  begin: (_name, _kind, parent, about) => ({ place: newPlace(parent, about), end: () => undefined }),
  stop: async () => undefined,
};

/** Does a part of the trace that is here, or of `parent`. */
export async function traced<T>(
  tracing: Tracing,
  { name, kind, ...given }: { name: string; kind: SpanKind; parent?: Place | null; case?: string; about?: About },
  work: () => Promise<T>,
): Promise<T> {
  const parent = given.parent === undefined ? (here() ?? null) : given.parent;
  const caseId = given.case ?? parent?.case;
  const span = tracing.begin(name, kind, parent, caseId === undefined ? {} : { case: caseId });
  try {
    const result = await within(span.place, work);
    span.end(given.about);
    return result;
  } catch (error) {
    span.end({ ...given.about, 'error.type': error instanceof Error ? error.name : 'unknown' }, true);
    throw error;
  }
}
