import { type RefObject, useEffect } from 'react';
import { useAddress } from './router.tsx';

/** Where the focus was put last: a page that is entered by a link takes it, the first page does not. */
let entered: { readonly pathname: string; readonly page: string } | null = null;

/**
 * The heading of a page takes the focus when the page changed, so that it is read out, and the page stands at its top.
 * @param page what counts as another page at the same path
 */
export function useArrival(heading: RefObject<HTMLElement | null>, page: string): void {
  const { pathname, again } = useAddress();
  useEffect(() => {
    const before = entered;
    entered = { pathname, page };
    if (before === null || (before.pathname === pathname && before.page === page)) return;
    heading.current?.focus({ preventScroll: true });
    // Back and Forward lead to where the page was read; the browser goes there.
    if (!again || before.pathname === pathname) window.scrollTo({ top: 0 });
  }, [heading, pathname, page, again]);
}
