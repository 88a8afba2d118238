import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../engine/compose/settings.ts';
import { compileForm, type FormContext, prune, smallest, validateForm } from '../../engine/forms/index.ts';
import { loadAll } from '../../engine/index.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { definitionFiles, formFiles, parsed } from './definition-files.ts';

const files = definitionFiles();
const schemas = formFiles(files);

const { projects } = loadAll(files);

/** A project of each workflow, with the settings that it has where it says nothing. */
function projectOf(workflow: string) {
  const project = Object.values(projects).find((each) => each.workflow.id === workflow);
  if (project === undefined) throw new Error(`no project of ${workflow}`);
  return project;
}

function contextOf(workflow: string, forms: { [form: string]: JsonObject }): FormContext {
  const settings = defaultsOf(projectOf(workflow).settingsSchema);
  return {
    forms,
    settings,
    roots: { tables: { price: 28000 }, case: { amount: 28000 }, workdays: ['2026-03-02', '2026-03-03'] },
    now: 0,
  };
}

const workflows = parsed(files, /^workflows\/([a-z-]+)\.workflow\.yaml$/).map(({ id }) => ({
  id,
  forms: Object.keys(projectOf(id).forms),
}));

describe.each(workflows)('the forms of $id', ({ id, forms }) => {
  it('can be filled in, one after the other, with what is shown', () => {
    const filled: { [form: string]: JsonObject } = {};
    // Twice: some forms compare with forms that stand behind them.
    for (const round of [1, 2])
      for (const name of forms) {
        const form = compileForm(name, schemas[name] as unknown as FormSchema);
        const context = contextOf(id, filled);
        const values = smallest(form, context);
        if (round === 2) expect(validateForm(form, values, context), name).toEqual([]);
        filled[name] = prune(form, values, context);
      }
  });

  it('every field has a title, every enum words for its values', () => {
    for (const name of forms)
      for (const [field, schema] of Object.entries(schemas[name]!.properties)) {
        expect(schema.title, `${name}.${field}`).toBeTypeOf('string');
        const values = (schema.enum ?? (schema.items as JsonObject | undefined)?.enum) as unknown[] | undefined;
        for (const value of values ?? [])
          expect(schema['x-labels'], `${name}.${field}`).toHaveProperty([String(value)]);
      }
  });
});

describe('what the manual asks', () => {
  const field = (path: string): JsonObject => {
    const [form, name] = path.split('.');
    return schemas[form!]!.properties[name!]!;
  };

  it.each(['organization.licence', 'legalRep.idCard', 'agent.idCard'])('%s: jpg, gif, png up to 1.5 MiB', (path) => {
    expect(field(path)['x-file']).toMatchObject({ types: ['jpg', 'jpeg', 'gif', 'png'], maxBytes: 1.5 * 1024 * 1024 });
  });

  it.each(['documents.applicationForm', 'documents.businessLicence', 'documents.sealSheet'])(
    '%s: jpg, jpeg, bmp, gif, pdf up to 2 MiB',
    (path) => {
      expect(field(path)['x-file']).toMatchObject({
        types: ['jpg', 'jpeg', 'bmp', 'gif', 'pdf'],
        maxBytes: 2 * 1024 * 1024,
      });
    },
  );

  const context = contextOf('certificate-new', {
    organization: { name: '示例机构有限公司', number: '91990000MA0000001B' },
    certificate: { type: 'organization', years: 1 },
  });
  const errorsOf = (name: string, values: JsonObject, within = context) =>
    validateForm(compileForm(name, schemas[name] as unknown as FormSchema), values, within).map(({ path }) => path);

  it('the tax number is needed of an enterprise that wants an invoice, and of nobody else', () => {
    const invoice = { wanted: 'electronic', taxpayer: 'enterprise', title: '示例机构有限公司' };
    expect(errorsOf('invoice', invoice)).toEqual(['invoice.taxNumber']);
    expect(errorsOf('invoice', { ...invoice, taxpayer: 'other' })).toEqual([]);
    expect(errorsOf('invoice', { wanted: 'none' })).toEqual([]);
  });

  it('an address is asked for when something is mailed', () => {
    expect(errorsOf('delivery', { way: 'mail' })).toContain('delivery.address');
    const pickup = { ...context, settings: { ...context.settings, deliveryWays: ['mail', 'pickup'] } };
    expect(errorsOf('delivery', { way: 'pickup' }, pickup)).toEqual([]);
  });

  it("the legal representative's ID number may be left out", () => {
    expect(errorsOf('legalRep', { name: '张三', mobile: '13900000001' })).toEqual([]);
  });

  it('the name of the account blocks or warns as the project says', () => {
    const bank = { accountName: '别的名称', branch: '示例银行', accountNumber: '40000000000001' };
    expect(errorsOf('bank', bank)).toEqual([]);
    const strict = { ...context, settings: { ...context.settings, accountNameCheck: 'block' } };
    expect(errorsOf('bank', bank, strict)).not.toEqual([]);
  });

  it('a person who holds the certificate is asked for only when it is issued to a person', () => {
    expect(errorsOf('holder', {})).toEqual([]);
    const person = { ...context, forms: { ...context.forms, certificate: { type: 'person', years: 1 } } };
    expect(errorsOf('holder', {}, person)).toEqual(['holder.name', 'holder.idNumber', 'holder.mobile']);
  });

  it('a rejection has at least one flag', () => {
    expect(errorsOf('rejection', { flags: [] })).not.toEqual([]);
  });
});
