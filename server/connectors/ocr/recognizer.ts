/** Reads what stands on a picture. A port: engines differ, the answer does not. */
export interface Recognizer {
  /**
   * @param picture.kind what the picture should be, as the form's `x-ocr` says (`businessLicense`, `idCardFront` …)
   * @returns what could be read; no field at all when nothing could
   * @throws Error when the engine is down, overloaded or too slow, or the picture is broken: everything can be typed
   */
  recognize(picture: { readonly kind: string; readonly image: Uint8Array }): Promise<Recognition>;
  /** Texts of the QR codes on a scan (picture or PDF); none when there is none or it cannot be read. @throws as above */
  codes(scan: { readonly type: string; readonly image: Uint8Array }): Promise<readonly string[]>;
  /** The first pages of a PDF, drawn, to be printed. @param most how many at most @throws as above */
  pages(pdf: Uint8Array, most: number): Promise<PdfPages>;
  stop(): void;
}

export interface PdfPages {
  /** JPEG, in order. */
  readonly pages: readonly Uint8Array[];
  /** How many the file has. */
  readonly of: number;
}

export interface Recognition {
  /** Name as in `fills` of the form's `x-ocr` -> what was read. Suggestions: a person may change them. */
  readonly fields: {
    readonly [name: string]: {
      readonly value: string;
      /** 0 to 1. */
      readonly score: number;
      /** A check digit, or another rule of the field, confirmed it. */
      readonly checked: boolean;
    };
  };
  readonly engine: string;
  readonly ms: number;
}
