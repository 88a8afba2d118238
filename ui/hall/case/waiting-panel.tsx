import type { WaitingView } from '../../../engine/contract/view.ts';
import { deadline } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { aside } from '../../app/texts/punctuation.ts';
import { bold } from '../prose.tsx';

/** The product's signature: who must do what by when, or else. Mine is blue and filled; others' white, and says so. */
export function WaitingPanel({ waiting }: { readonly waiting: readonly WaitingView[] }) {
  const t = useTexts();
  const [first, ...others] = waiting;
  if (!first) return null;
  return (
    <section className={first.mine ? 'waiting mine' : 'waiting'} aria-label={t('case.waiting')} aria-live="polite">
      <Tile
        character={first.mine ? t('case.youTile') : first.who.tile}
        look={first.mine ? 'mine' : 'other'}
        size="lg"
      />
      <p className="sentence">{bold(first.sentence)}</p>
      <dl>
        <div>
          <dt>{t('case.who')}</dt>
          <dd>{first.mine ? `${t('case.you')}${aside(first.who.title)}` : first.who.title}</dd>
        </div>
        <div>
          <dt>{t('case.what')}</dt>
          <dd>{first.what}</dd>
        </div>
        <div>
          <dt>{t('case.latest')}</dt>
          <dd className={first.until === null ? undefined : 'num'}>
            {first.until === null ? t('case.noDeadline') : deadline(first.until, now())}
          </dd>
        </div>
        {first.otherwise && (
          <div>
            <dt>{t('case.otherwise')}</dt>
            <dd>{first.otherwise}</dd>
          </div>
        )}
      </dl>
      {others.length > 0 && (
        <ul className="also" aria-label={t('case.alsoWaiting')}>
          {others.map((entry) => (
            <li key={entry.state}>
              <Tile
                character={entry.mine ? t('case.youTile') : entry.who.tile}
                look={entry.mine ? 'mine' : 'other'}
                size="sm"
              />
              <span>{bold(entry.sentence)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
