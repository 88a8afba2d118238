import { useEffect, useState } from 'react';
import { useTexts } from '../../app/texts/index.ts';
import { say } from '../centre-texts.ts';

/** 上一页, 1, 下一页, 跳转到第 n 页, 确定. */
export function Paging(props: {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** How the total is said where it is not cases. */
  readonly counted?: string;
  readonly onPage: (page: number) => void;
}) {
  useTexts();
  const { page, pages } = props;
  const [wanted, setWanted] = useState(String(page));
  useEffect(() => setWanted(String(page)), [page]);
  const go = (next: number): void => {
    if (Number.isInteger(next)) props.onPage(Math.min(Math.max(next, 1), Math.max(pages, 1)));
  };
  return (
    <nav className="paging" aria-label={say('cases.paging')}>
      <span className="muted total">{props.counted ?? say('cases.total', { n: props.total })}</span>
      <Step title={say('cases.prev')} off={page <= 1} onPress={() => go(page - 1)} />
      <span className="strong num" aria-current="page">
        <span className="vh">{say('cases.pageOf', { page, pages: Math.max(pages, 1) })}</span>
        <span aria-hidden="true">
          {page} / {Math.max(pages, 1)}
        </span>
      </span>
      <Step title={say('cases.next')} off={page >= pages} onPress={() => go(page + 1)} />
      {pages > 1 && (
        <form
          className="jump"
          onSubmit={(event) => {
            event.preventDefault();
            go(Number(wanted));
          }}
        >
          <label>
            {say('cases.jump')}{' '}
            <input inputMode="numeric" value={wanted} onChange={(event) => setWanted(event.target.value)} />{' '}
            {say('cases.page')}
          </label>
          <button type="submit" className="btn">
            {say('cases.go')}
          </button>
        </form>
      )}
    </nav>
  );
}

function Step(props: { readonly title: string; readonly off: boolean; readonly onPress: () => void }) {
  return (
    <button type="button" className="btn" aria-disabled={props.off} onClick={() => !props.off && props.onPress()}>
      {props.title}
    </button>
  );
}
