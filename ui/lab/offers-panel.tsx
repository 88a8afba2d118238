import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import type { Chance } from './people.ts';
import { say } from './texts.ts';

interface OffersPanelProps {
  readonly offers: { readonly can: readonly Chance[]; readonly cannot: readonly Chance[] };
  onRun(chance: Chance): void;
  onEdit(chance: Chance): void;
}

/** What can be done stands apart from what cannot; the second list gives the reason with the figures. */
export function OffersPanel({ offers, onRun, onEdit }: OffersPanelProps) {
  const roleOf = (chance: Chance) => chance.offer.by;
  return (
    <section>
      <h2>{say('can')}</h2>
      {offers.can.length === 0 ? <p className="muted">{say('canNone')}</p> : null}
      <ul className="laboffers">
        {offers.can.map((chance, index) => (
          <li key={`${roleOf(chance)} ${chance.offer.event}`}>
            <PartTile chance={chance} mine />
            <span className="strong">
              {chance.offer.title}
              <small>
                {[chance.who.title, chance.second ? say('byTwo') : '']
                  .filter((word) => word !== '')
                  .join(mark('comma'))}
              </small>
            </span>
            <span className="row">
              {chance.fillable ? (
                <button type="button" className="linkbtn" onClick={() => onEdit(chance)}>
                  {say('edit')}
                  <span className="vh"> {chance.offer.title}</span>
                </button>
              ) : null}
              <button
                type="button"
                className={index === 0 ? 'btn sm primary' : 'btn sm'}
                data-event={chance.offer.event}
                onClick={() => onRun(chance)}
              >
                {say('run')}
                <span className="vh"> {chance.offer.title}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
      {offers.cannot.length > 0 ? (
        <>
          <h2>{say('cannot')}</h2>
          <ul className="laboffers">
            {offers.cannot.map((chance) => (
              <li key={`${roleOf(chance)} ${chance.offer.event}`}>
                <PartTile chance={chance} />
                <span>
                  {chance.offer.title}
                  {chance.offer.blockers.map((blocker) => (
                    <small key={blocker.message}>{blocker.message}</small>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function PartTile({ chance, mine = false }: { readonly chance: Chance; readonly mine?: boolean }) {
  return <Tile character={chance.who.tile} look={mine ? 'mine' : 'other'} size="sm" />;
}
