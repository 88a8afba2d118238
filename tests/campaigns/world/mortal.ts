const forever = new Promise<never>(() => undefined);

/** A process that dies at a chosen one of its writes: from then on nothing that it calls comes back, and it calls nothing. */
export class Mortal {
  readonly died: Promise<string>;
  isDead = false;
  #die: (what: string) => void = () => undefined;
  #left = Number.POSITIVE_INFINITY;
  #after = false;

  constructor() {
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  /** At its write `number` from now on, counted from 1. `after`: it is made, and its answer never comes. */
  dieAt(number: number, after: boolean): void {
    this.#left = number;
    this.#after = after;
  }

  /** The same thing, as this process uses it. */
  gate<T extends object>(thing: T, writing: ReadonlySet<string> = new Set()): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === 'function')
          return (...given: unknown[]) =>
            this.#call(String(name), writing, () => Reflect.apply(member, target, given) as unknown);
        return typeof member === 'object' && member !== null ? this.gate(member, writing) : member;
      },
    });
  }

  #call(name: string, writing: ReadonlySet<string>, go: () => unknown): unknown {
    if (this.isDead) return forever;
    if (writing.has(name)) this.#left -= 1;
    const isLast = writing.has(name) && this.#left <= 0;
    if (isLast && !this.#after) return this.#end(`before ${name}`);
    const result = go();
    if (!(result instanceof Promise)) return result;
    return result.then(
      (value: unknown) => {
        if (this.isDead) return forever;
        if (isLast) return this.#end(`after ${name}`);
        return typeof value === 'function' ? () => this.#call('release', writing, value as () => unknown) : value;
      },
      (error: unknown) => {
        if (this.isDead) return forever;
        throw error;
      },
    );
  }

  #end(what: string): Promise<never> {
    this.isDead = true;
    this.#die(what);
    return forever;
  }
}
