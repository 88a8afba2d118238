import { type CaseState, type Definition, type Environment, forms, start } from '../../engine/index.ts';

export const env: Environment = {
  now: Date.parse('2026-11-23T03:00:00Z'),
  calendar: { offsetMinutes: 480, exceptions: {}, until: '2026-12-31' },
};

export interface Paper {
  readonly title: string;
  readonly state: CaseState;
}

const repeated = (text: string, count: number) => text.repeat(Math.ceil(count / text.length)).slice(0, count);

/** What people put on paper: as usual, as long as it gets, with rare characters, and with everything optional left out. */
export function papers(definition: Definition): Paper[] {
  const full = smallest(definition);
  const { organization = {}, agent = {}, legalRep = {} } = full;
  const of = (title: string, data: CaseState['forms']): Paper => ({ title, state: caseOf(definition, data) });
  return [
    of('usual', { ...full, organization: { ...organization, name: '示例市远景影视文化有限公司' } }),
    of('long', {
      ...full,
      organization: {
        ...organization,
        name: repeated('示例市前海深港现代服务业合作区云帆影视文化传播（集团）股份有限公司', 60),
        address: repeated('云溪省示例市新港区建设路八号三栋二十三层二三零一室，', 300),
      },
      agent: { ...agent, email: `${repeated('a.very.long.mailbox.', 60)}@department.example.com` },
    }),
    of('rare', {
      ...full,
      organization: { ...organization, name: '龘㙍𬱖文化（示例）有限公司' },
      legalRep: { ...legalRep, name: '𠮷龘' },
      agent: { ...agent, name: '张㙍𠮷' },
    }),
    of('empty', {}),
  ];
}

function caseOf(definition: Definition, data: CaseState['forms']): CaseState {
  const begun = start(definition, { id: 'case-1', number: '99926112310424301', owner: 'person-1' }, env);
  if (begun.kind !== 'stepped') throw new Error('no case can be started');
  return { ...begun.next, forms: data };
}

function smallest(definition: Definition): CaseState['forms'] {
  const data: { [form: string]: CaseState['forms'][string] } = {};
  const { settings, declared } = definition;
  for (const [id, schema] of Object.entries(definition.forms)) {
    const around = { settings, forms: data, tables: declared.tables };
    data[id] = forms.smallest(forms.compileForm(id, schema), around as never, {});
  }
  return data;
}
