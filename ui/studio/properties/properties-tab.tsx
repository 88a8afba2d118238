import { useEffect, useRef, useState } from 'react';
import type { EditChoices, EditPlace, EditWay } from '../../../engine/contract/edit.ts';
import { Loading } from '../../app/parts/states.tsx';
import { mark } from '../../app/texts/punctuation.ts';
import { settingsOf } from '../settings-model.ts';
import { Unreadable } from '../settings-tab.tsx';
import type { Page, TabProps } from '../tab.ts';
import { ButtonRows } from './button-rows.tsx';
import { ChangesList } from './changes-list.tsx';
import { ConditionDialog } from './condition-dialog.tsx';
import { DeadlineDialog } from './deadline-dialog.tsx';
import { takenBack, withoutPiece } from './edits.ts';
import { NoticeRows } from './notice-rows.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { StepDialog } from './step-dialog.tsx';
import { say } from './texts.ts';
import { TimerRows } from './timer-rows.tsx';
import { usePlace } from './use-place.ts';
import { WayList } from './way-list.tsx';
import { whyNot } from './where.tsx';
import { WordRows } from './word-rows.tsx';

/** The chosen step of the diagram: how it is written, and what this project may make of it. */
export function PropertiesTab({ page }: TabProps) {
  const { editing, selected } = page;
  const address = selected === null ? null : selected.replace(/\.(next|back)$/, '');
  const { found, stale, fault } = usePlace(editing.project.id, editing.text, address);
  const top = useBroughtUp(address);
  if (!editing.readable) return <Unreadable onYaml={() => page.show('yaml')} />;
  return (
    <>
      {address === null ? (
        <p className="muted">{say('choose')}</p>
      ) : fault && found === null ? (
        <p className="note err">{say('asked', { message: fault.message })}</p>
      ) : found === null ? (
        <Loading lines={8} />
      ) : found.choices === null ? (
        <p className="note warn">{say('broken')}</p>
      ) : found.place === null ? (
        <p className="muted">{say('noPlace')}</p>
      ) : (
        <div aria-busy={stale} ref={top}>
          <Place key={found.place.address} page={page} place={found.place} choices={found.choices} />
        </div>
      )}
      <ChangesList page={page} />
    </>
  );
}

/** Where the step stands above the diagram and not beside it, it is brought to whoever chose it there. */
function useBroughtUp(address: string | null) {
  const top = useRef<HTMLDivElement>(null);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (address === null || top.current === null || shown.current === address) return;
    shown.current = address;
    if (top.current.getBoundingClientRect().bottom < 0) top.current.scrollIntoView({ block: 'start' });
  });
  return top;
}

interface PlaceProps {
  readonly page: Page;
  readonly place: EditPlace;
  readonly choices: EditChoices;
}

type Doing =
  | { readonly kind: 'remove' | 'deadline' }
  | { readonly kind: 'step' | 'condition'; readonly way: EditWay | null };

function Place({ page, place, choices }: PlaceProps) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { editing } = page;
  const close = () => setDoing(null);
  return (
    <>
      <div className="ph">
        <h2>{place.title}</h2>
        {place.addedBy === null ? null : <span className="tag ok">＋ {say('added')}</span>}
      </div>
      <p className="muted">
        <code>{place.address}</code>
      </p>
      <GoneNote page={page} place={place} />
      {editing.project.may.edit && place.gone === null ? (
        <Whole
          page={page}
          place={place}
          onRemove={() => setDoing({ kind: 'remove' })}
          onStep={() => setDoing({ kind: 'step', way: null })}
        />
      ) : null}
      <WordRows page={page} place={place} choices={choices} />
      <ButtonRows page={page} place={place} choices={choices} />
      <NoticeRows page={page} place={place} />
      <TimerRows page={page} place={place} onDeadline={() => setDoing({ kind: 'deadline' })} />
      <WayList
        page={page}
        place={place}
        choices={choices}
        onCondition={(way) => setDoing({ kind: 'condition', way })}
        onInsert={(way) => setDoing({ kind: 'step', way })}
      />
      {doing?.kind === 'remove' ? <RemoveDialog editing={editing} place={place} onClose={close} /> : null}
      {doing?.kind === 'deadline' ? <DeadlineDialog editing={editing} place={place} onClose={close} /> : null}
      {doing?.kind === 'step' ? (
        <StepDialog
          editing={editing}
          place={place}
          choices={choices}
          way={doing.way}
          onClose={close}
          onDone={(address) => {
            close();
            page.select(address);
          }}
        />
      ) : null}
      {doing?.kind === 'condition' && doing.way ? (
        <ConditionDialog editing={editing} way={doing.way} choices={choices} onClose={close} />
      ) : null}
    </>
  );
}

/** Why the state is not there, and how it comes back. */
function GoneNote({ page, place: { gone } }: Omit<PlaceProps, 'choices'>) {
  const { editing } = page;
  if (gone === null) return null;
  if (gone.by === 'change')
    return (
      <p className="note warn">
        <span className="grow">{say('goneByChange')}</span>
        <button type="button" className="linkbtn" onClick={() => editing.setText(takenBack(editing.text, gone.change))}>
          {say('takeBack')}
        </button>
      </p>
    );
  const settings = settingsOf(editing.project.settingsSchema);
  return (
    <p className="note warn">
      <span>
        {say('goneBySettings')}
        {gone.settings.map((name, index) => (
          <span key={name}>
            {index > 0 ? mark('list') : ''}
            <button type="button" className="linkbtn" onClick={() => page.toSetting(name)}>
              {settings.find(({ path }) => path[0] === name)?.title ?? name}
            </button>
          </span>
        ))}
      </span>
    </p>
  );
}

interface WholeProps extends Omit<PlaceProps, 'choices'> {
  onRemove(): void;
  onStep(): void;
}

/** What can be done to the step as a whole, or why not. */
function Whole({ page, place, onRemove, onStep }: WholeProps) {
  const { editing } = page;
  const { removal } = place;
  const inserts = place.ways.some(({ insert }) => insert.kind === 'set');
  const no = place.ways.flatMap(({ insert }) => (insert.kind === 'no' ? [insert.why] : []));
  const why = [
    ...(place.ways.length === 0 && (place.kind === 'compound' || place.kind === 'parallel')
      ? [`${say('insertAfter')}${mark('colon')}${say('inside')}`]
      : []),
    ...(inserts ? [] : [...new Set(no)].map((one) => `${say('insertAfter')}${mark('colon')}${whyNot(one)}`)),
    ...(removal.kind === 'no' ? [`${say('removeState')}${mark('colon')}${whyNot(removal.why)}`] : []),
  ];
  return (
    <>
      <p className="propdo">
        {inserts ? (
          <button type="button" className="btn sm" onClick={onStep}>
            {say('insertAfter')}
          </button>
        ) : null}
        {removal.kind === 'no' ? null : (
          <button
            type="button"
            className="btn sm"
            onClick={() =>
              removal.kind === 'remove' ? onRemove() : editing.setText(withoutPiece(editing.text, removal))
            }
          >
            {say(removal.kind === 'remove' ? 'removeState' : 'takeBack')}
          </button>
        )}
      </p>
      {why.map((one) => (
        <p key={one} className="muted">
          {one}
        </p>
      ))}
    </>
  );
}
