import { useId, useState } from 'react';
import { deadline } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { dictionary } from '../../app/texts/dictionary.ts';
import { useTexts } from '../../app/texts/index.ts';
import type { Link } from './link-section.tsx';

/** A link that is passed on to somebody else: its address to copy, what it opens, and whether it was opened. */
export default function HandOn({ section }: { readonly section: Link }) {
  useTexts();
  const id = useId();
  const [copied, setCopied] = useState(false);
  const to = section.to?.title ?? '';
  const url = section.url && new URL(section.url, location.origin).href;
  const over = section.validUntil !== null && section.validUntil <= now();
  return (
    <section className="panel handon" aria-labelledby={id}>
      <h2 id={id}>{section.title}</h2>
      {url && !over ? (
        <>
          <p>{say('how', { to })}</p>
          <label className="vh" htmlFor={`${id}a`}>
            {say('address')}
          </label>
          <input id={`${id}a`} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
          <p className="row">
            <button
              type="button"
              className="btn"
              onClick={() => void navigator.clipboard?.writeText(url).then(() => setCopied(true))}
            >
              {say('copy')}
            </button>
            <span role="status" className="small okay">
              {copied && (
                <>
                  <Icon name="check" /> {say('copied')}
                </>
              )}
            </span>
          </p>
          {section.validUntil !== null && (
            <p className="small muted">
              <Icon name="clock" /> {say('until', { until: deadline(section.validUntil, now()) })}
            </p>
          )}
        </>
      ) : (
        <p>
          <Icon name={over ? 'clock' : 'check'} /> {say(over ? 'over' : 'opened', { to })}
        </p>
      )}
    </section>
  );
}

const say = dictionary(
  {
    how: '把这个地址发给{to}。对方不用登录，打开后只能填这一项，看不到申请的其他内容。地址只能打开一次。',
    address: '链接地址',
    copy: '复制链接',
    copied: '已复制，可以粘贴到微信或邮件里',
    until: '{until}前有效',
    opened: '{to}已经打开链接，可以填写了。对方填完，本页会自动前进；您也可以自己填。',
    over: '链接已过期。',
  },
  {
    how: 'Send this address to {to}. They need no account; they can fill in this one thing and see nothing else of the application. It can be opened once.',
    address: 'Address of the link',
    copy: 'Copy link',
    copied: 'Copied; paste it into a message or a mail',
    until: 'Valid until {until}',
    opened:
      '{to} has opened the link and can fill it in. When it is done, this page moves on by itself; you can also do it yourself.',
    over: 'The link has expired.',
  },
);
