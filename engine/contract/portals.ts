/** A system of others, as operations see it. Keys and secrets are shown once, when they are made. */
export interface PortalView {
  readonly id: string;
  readonly title: string;
  readonly projects: readonly string[];
  readonly keys: readonly { readonly id: string; readonly at: number }[];
  /** Where changes are told; null = nowhere. */
  readonly url: string | null;
  /** Until when an old secret signs, too; null = the newest one. */
  readonly secrets: readonly { readonly at: number; readonly until: number | null }[];
  readonly disabled: boolean;
}

export interface PortalList {
  readonly portals: readonly PortalView[];
  readonly projects: readonly { readonly id: string; readonly title: string }[];
}
