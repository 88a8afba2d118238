/** The part that we use; where it is not installed, the bench does without. */
declare module '@dbos-inc/dbos-sdk' {
  interface Settings {
    readonly name: string;
    readonly systemDatabaseUrl: string;
    readonly systemDatabasePoolSize: number;
    readonly logLevel: string;
    readonly runAdminServer: boolean;
  }
  export const DBOS: {
    setConfig(settings: Settings): void;
    registerWorkflow<Given extends unknown[]>(
      workflow: (...given: Given) => Promise<void>,
      about: { readonly name: string },
    ): (...given: Given) => Promise<void>;
    launch(): Promise<void>;
    shutdown(): Promise<void>;
    startWorkflow<Given extends unknown[]>(
      workflow: (...given: Given) => Promise<void>,
      about: { readonly workflowID: string },
    ): (...given: Given) => Promise<unknown>;
    send(workflow: string, message: unknown, topic: string): Promise<void>;
    recv(topic: string, seconds: number): Promise<unknown>;
    runStep<Made>(step: () => Promise<Made>, about: { readonly name: string }): Promise<Made>;
  };
}
