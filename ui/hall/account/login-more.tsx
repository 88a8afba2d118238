import { Icon } from '../../app/icon.tsx';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { say } from './texts.ts';
import './account.css';

const troubles = { 'provider-no-role': 'troubleRole', 'provider-weak': 'troubleWeak' } as const;

/** Above the login: what went wrong on the way back from the identity provider. Below: the way to it. */
export function LoginTrouble({ code }: { readonly code: string }) {
  useLanguage();
  return (
    <p className="note err" role="alert">
      <Icon name="alert" />
      <span>{say(Object.hasOwn(troubles, code) ? troubles[code as keyof typeof troubles] : 'troubleProvider')}</span>
    </p>
  );
}

export default function LoginMore({
  trouble,
  next,
}: {
  readonly trouble: string | null;
  readonly next: string | null;
}) {
  useLanguage();
  const { session } = useSession();
  const { provider } = session.logins;
  return (
    <>
      {trouble && <LoginTrouble code={trouble} />}
      {provider && (
        <section className="panel loginprovider" aria-label={say('staffOnly')}>
          <h2>{say('staffOnly')}</h2>
          <a className="btn" href={`/api/oidc/start${next ? `?next=${encodeURIComponent(next)}` : ''}`}>
            {say('provider', { title: provider })}
          </a>
        </section>
      )}
    </>
  );
}
