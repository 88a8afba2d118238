/** The part that we use; its own types bring those of another Node along. */
declare module 'better-sqlite3' {
  interface Statement {
    run(...values: readonly unknown[]): unknown;
  }
  export default class Database {
    constructor(path: string);
    pragma(text: string): unknown;
    exec(sql: string): this;
    prepare(sql: string): Statement;
    close(): void;
  }
}
