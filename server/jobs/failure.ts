/** A job that would never come to its end, or was refused: its message holds no data of a person. */
export class JobFailure extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'JobFailure';
  }
}
