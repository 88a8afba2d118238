/** The version of the language that a new file is written in. Older ones are read by `upgrade/`. */
export const language = 2;
