import { describe, expect, it } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Context } from '../../../server/context.ts';
import * as options from '../../../server/options/index.ts';
import { checkValues } from '../../../server/use-cases/check-values.ts';

const schema = {
  title: '开户行',
  type: 'object',
  properties: {
    branch: { type: 'string', title: '基本户开户行', 'x-options': { source: 'banks' } },
    province: { type: 'string', title: '省', 'x-options': { source: 'regions' } },
    city: { type: 'string', title: '市', 'x-options': { source: 'regions', under: 'province' } },
    note: { type: 'string', title: '备注' },
  },
} as unknown as FormSchema;

const known = options.search('banks', { q: '工商' })?.[0]?.value ?? '';

async function refused(values: JsonObject): Promise<string[]> {
  const context = { options, vault: { find: async () => null } } as unknown as Context;
  const { errors } = await checkValues(context, 'case', 'bank', schema, values);
  return errors.map(({ path, message }) => `${path} ${message}`);
}

describe('values of lists that the server holds', () => {
  it('are taken as the list offers them', async () => {
    expect(known).not.toBe('');
    expect(await refused({ branch: known, province: '广东省', city: '深圳市', note: '随便写' })).toEqual([]);
    expect(await refused({})).toEqual([]);
  });

  it('are refused when no list has them, whatever a client says', async () => {
    expect(await refused({ branch: '不存在的银行' })).toEqual(['bank.branch 请从下拉列表中选择基本户开户行']);
    // A part of a name, and a place of another province, are in no list either.
    expect(await refused({ branch: known.slice(0, 2) })).toHaveLength(1);
    expect(await refused({ province: '内蒙古自治区', city: '深圳市' })).toEqual(['bank.city 请从下拉列表中选择市']);
    expect(await refused({ city: '深圳市' })).toEqual(['bank.city 请从下拉列表中选择市']);
  });
});
