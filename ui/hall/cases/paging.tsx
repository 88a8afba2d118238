import { useEffect, useState } from 'react';
import { useTexts } from '../../app/texts/index.ts';

/** 上一页, 1, 下一页, 跳转到第 n 页, 确定. */
export function Paging(props: {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}) {
  const t = useTexts();
  const { page, pages } = props;
  const [wanted, setWanted] = useState(String(page));
  useEffect(() => setWanted(String(page)), [page]);
  const go = (next: number): void => {
    if (Number.isInteger(next)) props.onPage(Math.min(Math.max(next, 1), Math.max(pages, 1)));
  };
  return (
    <nav className="paging" aria-label={t('cases.paging')}>
      <span className="muted total">{t('cases.total', { n: props.total })}</span>
      <Step title={t('cases.prev')} off={page <= 1} onPress={() => go(page - 1)} />
      <span className="strong num" aria-current="page">
        <span className="vh">{t('cases.pageOf', { page, pages: Math.max(pages, 1) })}</span>
        <span aria-hidden="true">
          {page} / {Math.max(pages, 1)}
        </span>
      </span>
      <Step title={t('cases.next')} off={page >= pages} onPress={() => go(page + 1)} />
      {pages > 1 && (
        <form
          className="jump"
          onSubmit={(event) => {
            event.preventDefault();
            go(Number(wanted));
          }}
        >
          <label>
            {t('cases.jump')}{' '}
            <input inputMode="numeric" value={wanted} onChange={(event) => setWanted(event.target.value)} />{' '}
            {t('cases.page')}
          </label>
          <button type="submit" className="btn">
            {t('cases.go')}
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
