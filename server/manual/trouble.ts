/** Why there is no manual with pictures, in one sentence that says what to do. */
export class ManualTrouble extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ManualTrouble';
  }
}
