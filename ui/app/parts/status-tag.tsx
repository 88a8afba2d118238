import type { StatusView } from '../../../engine/contract/view.ts';
import { Icon, type IconName } from '../icon.tsx';
import { Link } from '../route/index.ts';

const icons: Record<StatusView['look'], IconName> = {
  do: 'arrow',
  wait: 'wait',
  ok: 'check',
  warn: 'warn',
  err: 'alert',
  plain: 'dot',
};

/** The state in a word, a shape and a colour. With `to` it is a link and underlined. */
export function StatusTag({ status, to }: { readonly status: StatusView; readonly to?: string }) {
  return (
    <span className={`tag ${status.look}`}>
      <Icon name={icons[status.look]} />
      {to ? (
        <Link to={to} className="taglink">
          {status.label}
        </Link>
      ) : (
        status.label
      )}
    </span>
  );
}
