/** The part that we use; the package has no types of its own. */
declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on the whole file. @returns false when somebody else holds it. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
