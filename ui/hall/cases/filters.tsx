import { type FormEvent, useId, useState } from 'react';
import type { CaseList } from '../../../engine/contract/routes.ts';
import type { CaseFilter } from '../../api/index.ts';
import { Icon } from '../../app/icon.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { say } from '../centre-texts.ts';

type Values = { readonly [name: string]: string };

/** What is there on a phone, too. */
const SHOWN = 'q';

/** 关键字, 业务单号, 业务类型, 主题, 状态, 开始时间, 结束时间. On a phone only the first shows until more is asked for. */
export function Filters(props: {
  readonly filter: CaseFilter;
  /** The unfiltered list, for what can be chosen. */
  readonly list: CaseList;
  readonly onChange: (values: Values) => void;
}) {
  useTexts();
  const id = useId();
  const { filter } = props;
  const [values, setValues] = useState<Values>({
    q: filter.q ?? '',
    number: filter.number ?? '',
    workflow: filter.workflow ?? '',
    subject: filter.subject ?? '',
    status: filter.status ?? '',
    from: filter.from ?? '',
    to: filter.to ?? '',
  });
  const others = Object.entries(values).filter(([name, value]) => name !== SHOWN && value !== '').length;
  const [more, setMore] = useState(others > 0);
  const set = (name: string) => (value: string) => setValues({ ...values, [name]: value });

  const statuses = props.list.statuses ?? [...new Set(props.list.rows.map((row) => row.status.label))];
  const workflows = props.list.workflows ?? [
    ...new Map(props.list.rows.map((row) => [row.workflow.id, row.workflow])).values(),
  ];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onChange({ ...values, number: (values.number ?? '').replace(/\s/g, '') });
  };

  return (
    <search>
      <form className={more ? 'filters more' : 'filters'} onSubmit={submit}>
        <div className="anywhere">
          <Text
            id={`${id}q`}
            label={say('cases.filter.anywhere')}
            hint={say('cases.filter.anywhereHint')}
            value={values.q}
            onChange={set('q')}
          />
        </div>
        <Text
          id={`${id}n`}
          label={say('cases.filter.number')}
          hint={say('cases.filter.numberHint')}
          value={values.number}
          onChange={set('number')}
        />
        <Choice
          id={`${id}w`}
          label={say('cases.kind')}
          value={values.workflow}
          onChange={set('workflow')}
          options={workflows.map((workflow) => [workflow.id, workflow.title])}
        />
        <Text
          id={`${id}s`}
          label={say('cases.subject')}
          hint={say('cases.filter.subjectHint')}
          value={values.subject}
          onChange={set('subject')}
        />
        <Choice
          id={`${id}t`}
          label={say('cases.status')}
          value={values.status}
          onChange={set('status')}
          options={statuses.map((status) => [status, status])}
        />
        <Text id={`${id}f`} type="date" label={say('cases.filter.from')} value={values.from} onChange={set('from')} />
        <Text id={`${id}o`} type="date" label={say('cases.filter.to')} value={values.to} onChange={set('to')} />
        <button type="submit" className="btn">
          <Icon name="search" />
          {say('cases.filter.search')}
        </button>
        <button type="button" className="linkbtn morebutton" aria-expanded={more} onClick={() => setMore(!more)}>
          {say('cases.filter.more')}
        </button>
      </form>
    </search>
  );
}

function Text(props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'date';
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  return (
    <div>
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        type={props.type ?? 'text'}
        placeholder={props.hint}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}

function Choice(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly options: readonly (readonly [string, string])[];
}) {
  useTexts();
  return (
    <div>
      <label htmlFor={props.id}>{props.label}</label>
      <select id={props.id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{say('cases.filter.all')}</option>
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
