/** Writes the browser's validators of a project's forms, as the server does it: `tsx write-validators.ts <project> <file>`. */
import { writeFileSync } from 'node:fs';
import { forms } from '../../engine/index.ts';
import { projects } from '../support/definitions.ts';

const [project = '', file = ''] = process.argv.slice(2);
const definition = projects()[project];
if (definition === undefined) throw new Error(`no project ${project}`);
writeFileSync(file, forms.standaloneValidators(definition.forms));
