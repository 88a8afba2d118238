/** What the evidence pack of a case says, whatever it is drawn on. */
export interface Pack {
  readonly title: string;
  readonly caseNumber: string;
  readonly author: string;
  /** What it is about, who had it made, when and why. */
  readonly head: readonly PackRow[];
  readonly sections: readonly PackSection[];
  readonly pictures: readonly PackPicture[];
  /** SHA-256 over all that it says and over the hashes of all files: what is printed can be compared with what is made anew. */
  readonly digest: string;
}

export interface PackRow {
  readonly label: string;
  readonly text: string;
}

export type PackSection =
  | { readonly kind: 'rows'; readonly title: string; readonly rows: readonly PackRow[] }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly { readonly title: string; readonly share: number }[];
      readonly rows: readonly (readonly string[])[];
      /** What is said where there is no row. */
      readonly none: string;
    };

export interface PackPicture {
  readonly title: string;
  readonly note: string;
  /** JPEG; null where the file cannot be printed. */
  readonly image: Buffer | null;
}
