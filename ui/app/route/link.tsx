import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from './router.tsx';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path of this product. */
  readonly to: string;
  /** Told to the page that it leads to. */
  readonly state?: unknown;
}

/** A link within the product: no load of the page, but a real address for every other way of opening it. */
export function Link({ to, state, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const other = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || other || (rest.target !== undefined && rest.target !== '_self')) return;
    event.preventDefault();
    const { pathname, search, hash } = window.location;
    navigate(to, { state, replace: to === pathname + search + hash });
  };
  return <a {...rest} href={to} onClick={follow} />;
}
