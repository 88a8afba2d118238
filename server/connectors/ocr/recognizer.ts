/** Reads what stands on a picture. A port: engines differ, the answer does not. */
export interface Recognizer {
  /**
   * @param picture.kind what the picture should be, as the form's `x-ocr` says (`businessLicense`, `idCardFront` …)
   * @returns what could be read; no field at all when nothing could. Never throws for a bad picture.
   */
  recognize(picture: { readonly kind: string; readonly image: Buffer }): Promise<Recognition>;
}

export interface Recognition {
  /** Name as in `fills` of the form's `x-ocr` -> what was read. Suggestions: a person may change them. */
  readonly fields: {
    readonly [name: string]: {
      readonly value: string;
      /** 0 to 1. */
      readonly score: number;
      /** A check digit confirmed it. */
      readonly checked: boolean;
    };
  };
  readonly engine: string;
  readonly ms: number;
}
