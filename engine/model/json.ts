/** JSON as it comes from a file or over the wire. Absent is `undefined`, never stored. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
