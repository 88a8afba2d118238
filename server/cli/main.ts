/** A command takes its own arguments and answers with the exit code: 0 done, 1 found something wrong, 2 used wrongly. */
type Command = (args: string[]) => Promise<number>;

const usage = `certflow <command>

  check [--dir D] [--project P] [--json]                 say what is wrong with the definitions
  run   [scenario…] [--dir D] [--project P] [--json]     play the scenarios on the production interpreter
  coverage [--project P] [--mutants] [--json]            what the scenarios show, and what they would not notice
  upgrade [path…] [--check]                              rewrite files of an older language version in the newest
  paths --project P [--out D] [--json]                   the shortest paths to everything, and a covering set, as scenarios
  diff A B [--thorough] [--lang zh|en] [--json]          what two projects, releases or drafts do differently, with a path
  explain CASE|STATE [--project P] [--json]              why a step is offered, blocked or skipped, and which file says so
  manual --project P [--pictures --out F.pdf] [--json]   the operation manual of a project: Markdown, or a PDF with pictures
  prove [--project P] [--out D] [--json]                 look for what must not be, in every state a case may get into
  import [--dir D]                                       bring changed definition files in as drafts
  export NAME --out D                                    write the files of a release or a draft of the data folder
  cases [--project P] [--all] [--json]                   list the cases of the data folder
  migrate PROJECT [--plan FILE] [--check]                put open cases under the release in force
  backup FOLDER                                          copy the data folder, also while the server runs
  restore FOLDER [--key FILE]                            make a data folder of a backup
  move --from file|postgres --to postgres|file           put everything into a database, or back into a data folder
  move --files --from store|s3 --to s3|store             put uploaded files into a bucket, or back
  files check|addresses                                  what is in the bucket: damage; addresses for a backup
  keys [rotate [--master]]                               the keys of the data folder; new ones take the place of the old
  audit verify [--anchor A]                              whether the log of who did what is whole
  account NAME --title T --roles R,R                     make an account, or add roles to one
  log-out NAME | --everybody                             end every session of an account, or of everybody

certflow <command> --help says more.`;

/** Each command is loaded when it is asked for: a slow import of one does not slow the others. */
const commands: { readonly [name: string]: () => Promise<Command> } = {
  check: async () => (await import('./check.ts')).check,
  run: async () => (await import('./run.ts')).run,
  coverage: async () => (await import('./coverage.ts')).coverage,
  upgrade: async () => (await import('./upgrade.ts')).upgrade,
  paths: async () => (await import('./paths.ts')).paths,
  diff: async () => (await import('./diff.ts')).diff,
  explain: async () => (await import('./explain-branches.ts')).explainBranches,
  manual: async () => (await import('./manual.ts')).manual,
  prove: async () => (await import('./prove.ts')).prove,
  import: async () => (await import('./import.ts')).importDefinitions,
  export: async () => (await import('./export.ts')).exportDefinitions,
  cases: async () => (await import('./cases.ts')).cases,
  migrate: async () => (await import('./migrate.ts')).migrate,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  move: async () => (await import('./move.ts')).move,
  files: async () => (await import('./stored-files.ts')).files,
  keys: async () => (await import('./keys.ts')).keys,
  audit: async () => (await import('./audit.ts')).audit,
  account: async () => (await import('./account.ts')).account,
  'log-out': async () => (await import('./log-out.ts')).logOut,
};

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(`certflow has no command ${name}\n\n${usage}`);
    return 2;
  }
  return (await command())(rest);
}
