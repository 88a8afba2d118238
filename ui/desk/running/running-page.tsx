import { useQuery } from '../../app/route/index.ts';

import { DeskFrame } from '../desk-frame.tsx';
import { ClaimsPart } from './claims-part.tsx';
import { StuckPart } from './stuck-part.tsx';
import { say } from './texts.ts';
import { WorksPart } from './works-part.tsx';
import '../desk.css';
import './running.css';

const PARTS = ['stuck', 'claims', 'works'] as const;

/** What does not go on by itself, who has what in hand, and what was done with several cases at once. */
export default function RunningPage() {
  const [search, setSearch] = useQuery();
  const part = PARTS.find((one) => one === search.get('part')) ?? 'stuck';
  const work = search.get('work') ?? '';
  const toWork = (id: string) => setSearch({ part: 'works', work: id });
  return (
    <DeskFrame current="running" page={say(part)}>
      <div className="running">
        <header>
          <h1>{say(part)}</h1>
          <fieldset className="wbtabs">
            <legend className="vh">{say('title')}</legend>
            {PARTS.map((one) => (
              <button key={one} type="button" aria-pressed={one === part} onClick={() => setSearch({ part: one })}>
                {say(one)}
              </button>
            ))}
          </fieldset>
        </header>
        {part === 'stuck' ? <StuckPart onWork={toWork} /> : null}
        {part === 'claims' ? <ClaimsPart onWork={toWork} /> : null}
        {part === 'works' ? <WorksPart id={work} onOpen={toWork} onClose={() => setSearch({ part: 'works' })} /> : null}
      </div>
    </DeskFrame>
  );
}
