import { useEffect, useRef } from 'react';
import type { EditChoices, EditPlace, EditWay } from '../../../engine/contract/edit.ts';
import { locale } from '../../app/texts/index.ts';
import { aside } from '../../app/texts/punctuation.ts';
import type { Page } from '../tab.ts';
import { words } from '../texts.ts';
import { delayWords } from './delay-words.ts';
import { withoutPiece } from './edits.ts';
import { say } from './texts.ts';
import { Where, whyNot } from './where.tsx';

interface WayListProps {
  readonly page: Page;
  readonly place: EditPlace;
  readonly choices: EditChoices;
  onCondition(way: EditWay): void;
  onInsert(way: EditWay): void;
}

/** Where a state leads, a branch each, with what a project may do to it. */
export function WayList({ page, place, choices, onCondition, onInsert }: WayListProps) {
  const chosen = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (page.way !== null) chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [page.way]);
  const first = place.ways.find((way) => isChosen(page.way, way));
  return (
    <section className="props" aria-labelledby="props-ways">
      <h3 id="props-ways">{say('waysOut')}</h3>
      {place.ways.length === 0 ? <p className="muted">{say('noWays')}</p> : null}
      <ul>
        {place.ways.map((way, index) => (
          <li
            key={way.address}
            ref={way === first ? chosen : undefined}
            className={
              isChosen(page.way, way)
                ? 'prop chosen'
                : way.change === null && way.tightened === null
                  ? 'prop'
                  : 'prop ch'
            }
            data-way={way.address}
          >
            <p>
              <span className="strong">{wayTitle(way)}</span>
              {way.by === null ? null : (
                <span className="muted">{aside(choices.roles.find(({ id }) => id === way.by)?.title ?? way.by)}</span>
              )}{' '}
              <Leads page={page} way={way} />
            </p>
            {way.if === null ? null : (
              <p className="propif">
                <span className="muted">{say('if')}</span> <code>{way.if}</code>
              </p>
            )}
            {way.closed && place.gone === null ? <p className="muted">{say('closed')}</p> : null}
            <Actions
              page={page}
              place={place}
              way={way}
              isFirst={place.ways.findIndex((one) => transitionOf(one) === transitionOf(way)) === index}
              onCondition={onCondition}
              onInsert={onInsert}
            />
            <Where page={page} from={way.from} change={way.change} name={wayTitle(way)} isWhole />
            {way.tighten.kind === 'within' ? (
              <Where
                page={page}
                from={way.tightened}
                change={way.tighten.change}
                name={`${say('if')} ${wayTitle(way)}`}
                label={say('ownIf')}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Leads({ page, way: { to, refuses } }: { readonly page: Page; readonly way: EditWay }) {
  if (refuses !== null) return <span>{say('refuses', { text: refuses })}</span>;
  if (to === null) return <span className="muted">{say('staysHere')}</span>;
  return (
    <span>
      →{' '}
      <button type="button" className="linkbtn" onClick={() => page.select(to.address)}>
        {targetTitle(to)}
      </button>
    </span>
  );
}

interface ActionsProps extends Omit<WayListProps, 'choices'> {
  readonly way: EditWay;
  /** Of its transition: what concerns the whole of it is said once. */
  readonly isFirst: boolean;
}

function Actions({ page, place, way, isFirst, onCondition, onInsert }: ActionsProps) {
  const { editing } = page;
  const { removal, insert, tighten } = way;
  if (!editing.project.may.edit || place.gone !== null) return null;
  const name = wayTitle(way);
  const no = [tighten, insert].flatMap((one) => (one.kind === 'no' ? [one.why] : []));
  const reasons = [...new Set(no.length === 2 ? no : [])];
  return (
    <>
      <p className="propdo">
        {tighten.kind === 'no' ? null : (
          <button
            type="button"
            className="btn sm"
            aria-label={`${say(tighten.kind === 'within' ? 'changeCondition' : 'addCondition')} ${name}`}
            onClick={() => onCondition(way)}
          >
            {say(tighten.kind === 'within' ? 'changeCondition' : 'addCondition')}
          </button>
        )}
        {insert.kind === 'set' ? (
          <button
            type="button"
            className="btn sm"
            aria-label={`${say('insert')} ${name}`}
            onClick={() => onInsert(way)}
          >
            {say('insert')}
          </button>
        ) : null}
        {isFirst && removal.kind === 'remove' ? (
          <button
            type="button"
            className="btn sm"
            aria-label={`${say('remove')} ${name}`}
            onClick={() => editing.setText(withoutPiece(editing.text, removal))}
          >
            {say('remove')}
          </button>
        ) : null}
      </p>
      {reasons.length > 0 ? <small>{reasons.map(whyNot).join(' ')}</small> : null}
    </>
  );
}

/** What a way is called: the button, the answer, the time, or when it is taken. */
export function wayTitle(way: EditWay): string {
  if (way.kind === 'after' && way.title === '') return say('afterStay', { delay: delayWords(way.name, words()) });
  if (way.kind === 'when') return say('when');
  if (way.kind === 'done') return say('done');
  return (locale() === 'en' ? way.en : undefined) ?? (way.title || way.name);
}

const transitionOf = ({ kind, name }: EditWay): string => `${kind}|${name}`;

/** An edge of the diagram is named by kind and name; its branches are all meant. */
function isChosen(chosen: string | null, way: EditWay): boolean {
  return chosen !== null && chosen === transitionOf(way);
}

/** Where a way leads. */
export function targetTitle(to: NonNullable<EditWay['to']>): string {
  if (to.kind === 'next') return say('nextOf', { title: to.title });
  return to.kind === 'back' ? say('backTo', { title: to.title }) : to.title;
}
