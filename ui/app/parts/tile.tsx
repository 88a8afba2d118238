/** 字章: whose turn it is. Filled = mine, outline = somebody else's, dashed = not yet. The word always stands beside it. */
export function Tile(props: {
  readonly character: string;
  readonly look?: 'mine' | 'other' | 'later';
  readonly size?: 'sm' | 'lg';
}) {
  const look = props.look === 'mine' ? ' me' : props.look === 'later' ? ' later' : '';
  return (
    <span className={`zi${look}${props.size ? ` ${props.size}` : ''}`} aria-hidden="true">
      {props.character}
    </span>
  );
}
