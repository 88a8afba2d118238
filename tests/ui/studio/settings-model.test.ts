import { describe, expect, it } from 'vitest';
import { changedSettings, durationOf, durationText, settingsOf, wordsOf } from '../../../ui/studio/settings-model.ts';

const schema = {
  type: 'object',
  properties: {
    open: { title: '开放', type: 'boolean' },
    way: { title: '方式', type: 'string', enum: ['mail', 'visit'], 'x-labels': { mail: '邮寄', visit: '到场' } },
    kinds: { title: '种类', type: 'array', items: { enum: ['a', 'b'], 'x-labels': { a: '甲' } } },
    fee: { title: '费用', type: 'integer', 'x-widget': 'money' },
    late: { title: '期限', type: 'string', format: 'duration' },
    name: { type: 'string' },
    prices: { title: '价格', type: 'object', properties: { small: { title: '小', type: 'integer' } } },
  },
};
const words = { on: '开', off: '关', empty: '空', minute: '分钟', hour: '小时', day: '天', 'working day': '个工作日' };

describe('the settings of a schema', () => {
  const settings = settingsOf(schema);
  const byName = (name: string) => settings.find((one) => one.path[0] === name) ?? settings[0];

  it('have a kind each, a title, and the words of their choices', () => {
    expect(settings.map((one) => one.kind)).toEqual([
      'boolean',
      'choice',
      'choices',
      'money',
      'duration',
      'text',
      'group',
    ]);
    expect(byName('name')?.title).toBe('name');
    expect(byName('way')?.choices).toEqual([
      { value: 'mail', label: '邮寄' },
      { value: 'visit', label: '到场' },
    ]);
    expect(byName('prices')?.inner[0]?.path).toEqual(['prices', 'small']);
  });

  it('are said in words', () => {
    const said = (name: string, value: Parameters<typeof wordsOf>[1]) => {
      const setting = byName(name);
      return setting && wordsOf(setting, value, words);
    };
    expect(said('open', false)).toBe('关');
    expect(said('way', 'visit')).toBe('到场');
    expect(said('kinds', ['a', 'b'])).toBe('甲、b');
    expect(said('kinds', [])).toBe('空');
    expect(said('fee', 26050)).toBe('260.50');
    expect(said('late', '3 working days')).toBe('3 个工作日');
    expect(said('late', '75% of settings.x')).toBe('75% of settings.x');
    expect(said('name', undefined)).toBe('空');
  });

  it('are changed when they are written and differ from the base, groups taken apart', () => {
    const defaults = { open: true, way: 'mail', kinds: ['a'], prices: { small: 1 } };
    const own = { open: true, way: 'visit', kinds: ['a'], prices: { small: 2 } };
    expect(changedSettings(settings, defaults, own).map((one) => one.setting.path.join('.'))).toEqual([
      'way',
      'prices.small',
    ]);
  });

  it('write durations as the language does', () => {
    expect(durationOf('1 day')).toEqual({ count: '1', unit: 'day' });
    expect(durationOf('5 working days')).toEqual({ count: '5', unit: 'working day' });
    expect(durationOf('soon')).toBe(null);
    expect(durationText('1', 'working day')).toBe('1 working day');
    expect(durationText('02', 'hour')).toBe('2 hours');
  });
});
