import { type Node, parse, pathOf } from '../expressions/index.ts';
import { fillText, offered, readableBytes } from '../forms/index.ts';
import { labelOf } from '../forms/options.ts';
import type { CompiledForm, Field, Rule } from '../forms/types.ts';
import { formOf } from '../run/forms.ts';
import { type Block, bullets, table, words } from './blocks.ts';
import { type Known, knownScope, ruleHolds } from './known.ts';

/** Whether the project asks for any field of the form. */
export function isAsked(known: Known, id: string): boolean {
  return formChapter(known, id) !== null;
}

/** The fields of a form as the project asks for them, or null when it asks for none of them. */
export function formChapter(known: Known, id: string): readonly Block[] | null {
  const form = formOf(known.definition, id);
  if (form === null || ruleHolds(known, form, form.visible) === 'no') return null;
  const fields = form.fields.filter((field) => ruleHolds(known, form, field.visible) !== 'no');
  if (fields.length === 0) return null;
  const ticked = fields.filter((field) => field.agreements.length > 0);
  const asked = fields.filter((field) => field.agreements.length === 0);
  const parts: Block[] = [];
  if (form.hint !== '') parts.push(...words(`${textOf(known, form, form.hint)}。`.replace('。。', '。')));
  if (ticked.length > 0) {
    const lines = ticked.map(
      (field) => `${field.title}${field.hint === '' ? '' : `（${textOf(known, form, field.hint)}）`}`,
    );
    parts.push(...words('请阅读后勾选：'), ...bullets(lines));
  }
  const read = new Map(
    form.fields.flatMap(({ ocr, title }) => Object.keys(ocr?.fills ?? {}).map((to) => [to, title] as const)),
  );
  if (asked.length > 0) {
    const rows = asked.map((field) => {
      const source = read.get(field.name);
      const notes = [
        conditionOf(known, form, field.visible),
        textOf(known, form, field.hint),
        source === undefined ? '' : `上传“${source}”后自动识别填写，也可以手动填写`,
      ];
      return [
        field.title,
        needOf(known, form, field),
        isGiven(known, form, field) ? '' : limitsOf(known, field),
        notes.filter((note) => note !== '').join('；'),
      ];
    });
    parts.push(...table(['栏目', '是否必填', '填写要求', '说明'], rows));
  }
  return parts;
}

function needOf(known: Known, form: CompiledForm, field: Field): string {
  if (isGiven(known, form, field)) return '系统自动填写';
  const need = ruleHolds(known, form, field.required);
  return need === 'yes' ? '必填' : need === 'no' ? '选填' : `${conditionOf(known, form, field.required)}必填`;
}

function isGiven(known: Known, form: CompiledForm, field: Field): boolean {
  return field.compute !== null || field.kind === 'readonly' || ruleHolds(known, form, field.readonly) === 'yes';
}

/** What the schema asks of a value, in words. */
function limitsOf(known: Known, field: Field): string {
  const { schema, file } = field;
  if (file !== null) {
    const size = Number.isFinite(file.maxBytes) ? `，不超过 ${readableBytes(file.maxBytes)}` : '';
    return `${file.types.join('、')} 格式${size}`;
  }
  const options = offered(field, { settings: known.definition.settings, forms: known.fixed });
  if (options.length === 1) return options[0]?.label ?? '';
  if (options.length > 1) return `选择：${options.map((option) => option.label).join('、')}`;
  if (field.type === 'string') {
    const { minLength, maxLength } = schema;
    if (typeof minLength === 'number' && typeof maxLength === 'number') {
      return minLength === maxLength ? `${minLength} 个字` : `${minLength}—${maxLength} 个字`;
    }
    if (typeof maxLength === 'number') return `不超过 ${maxLength} 个字`;
    if (typeof minLength === 'number') return `不少于 ${minLength} 个字`;
  }
  if (field.type === 'integer' || field.type === 'number') {
    const { minimum, maximum } = schema;
    if (typeof minimum === 'number' && typeof maximum === 'number') return `${minimum}—${maximum}`;
    if (typeof maximum === 'number') return `不大于 ${maximum}`;
    if (typeof minimum === 'number') return `不小于 ${minimum}`;
  }
  return '';
}

/** `“怎样领取”为“窗口”时`; empty where it always holds. */
function conditionOf(known: Known, form: CompiledForm, rule: Rule): string {
  if (typeof rule === 'boolean' || ruleHolds(known, form, rule) === 'yes') return '';
  const parsed = parse(rule.text);
  const said = parsed.kind === 'parsed' ? comparison(known, form, parsed.expression.ast) : null;
  return said === null ? '按填写情况' : `${said}时`;
}

function comparison(known: Known, form: CompiledForm, node: Node): string | null {
  if (node.op !== '==' && node.op !== '!=') return null;
  const [left, right] = node.args;
  const path = pathOf(left);
  if (path === null || right.op !== 'value') return null;
  const [one = '', two] = path;
  const field = two === undefined ? form.field(one) : (formOf(known.definition, one)?.field(two) ?? null);
  const value = right.args;
  if (field === null || (typeof value !== 'string' && typeof value !== 'boolean')) return null;
  return `“${field.title}”${node.op === '==' ? '为' : '不是'}“${labelOf(field, value)}”`;
}

function textOf(known: Known, form: CompiledForm, text: string): string {
  return fillText(text, knownScope(known, form).values as never);
}
