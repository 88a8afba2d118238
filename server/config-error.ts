/** A value of the environment that cannot be used, in one sentence that says what to write. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}
