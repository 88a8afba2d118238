/** The part that we use; its own types bring those of another Node along. */
declare module 'graphile-worker' {
  interface WorkerUtils {
    migrate(): Promise<void>;
    release(): Promise<void>;
  }
  export function makeWorkerUtils(options: { readonly connectionString: string }): Promise<WorkerUtils>;
}
