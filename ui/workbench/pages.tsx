import { say } from './texts.ts';

interface PagesProps {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  onTurn(page: number): void;
}

/** Below a list that has more than one page. */
export function Pages({ page, pages, onTurn }: PagesProps) {
  if (pages <= 1) return null;
  const turn = (to: number): void => void (to >= 1 && to <= pages && onTurn(to));
  return (
    <nav className="row wbpages" aria-label={say('page', { page, pages })}>
      <button type="button" className="btn sm" aria-disabled={page <= 1} onClick={() => turn(page - 1)}>
        {say('previous')}
      </button>
      <span className="muted">{say('page', { page, pages })}</span>
      <button type="button" className="btn sm" aria-disabled={page >= pages} onClick={() => turn(page + 1)}>
        {say('next')}
      </button>
    </nav>
  );
}
