/**
 * What a project may change where, and with which entry of its `changes`: what the studio's diagram asks. Pure.
 *
 * editable(files, project, address)  -> { place | null, choices | null }
 * wordChange, conditionChange, removalChange, stepChanges  -> the entries that an edit makes
 * conditionText(terms, subjects, joined)  -> CEL of what was chosen from lists
 */
import { outwards, parentOf } from '../compose/addresses.ts';
import { type Composition, compose } from '../compose/index.ts';
import type { EditChoices, EditPlace } from '../contract/edit.ts';
import type { Chart, ChartState } from '../model/composed.ts';
import type { Files } from '../model/definition.ts';
import { readBundle } from '../read/bundle.ts';
import { buttonsOf } from './buttons.ts';
import { choicesOf } from './choices.ts';
import { deadlineOf } from './deadline.ts';
import { goneOf } from './gone.ts';
import { Ground } from './ground.ts';
import { noticesOf } from './notices.ts';
import { removalOfState } from './removal.ts';
import { targetsOf } from './targets.ts';
import { waysOf } from './ways.ts';
import { timersOf, wordsOf } from './words.ts';

export { conditionChange, deadlineChange, type NewStep, removalChange, stepChanges, wordChange } from './change.ts';
export { conditionText, type Operator, operatorsOf, type Term } from './condition.ts';

export interface Editable {
  /** Null when there is no such state. */
  readonly place: EditPlace | null;
  /** Null when the files do not compose: then nothing can be changed but the text. */
  readonly choices: EditChoices | null;
}

/** @param address of a state, as the diagram names it */
export function editable(files: Files, project: string, address: string): Editable {
  const { composition } = compose(readBundle(files), project);
  if (composition === null) return { place: null, choices: null };
  return { place: placeIn(composition, address), choices: choicesOf(composition) };
}

export function placeIn(composition: Composition, address: string): EditPlace | null {
  const { written, drawn, composed } = composition;
  // What a change takes out is in the drawing alone.
  const chart: Chart = written.states[address] === undefined ? drawn.chart : written;
  const state = chart.states[address];
  if (state === undefined || address === '') return null;
  const ground = new Ground(composition);
  const path = ground.pathOfState(address) ?? [];
  const titleOf = (at: string) => titleIn(drawn.chart, at);
  const stepsIn = roomOf(ground, state);
  const gone = goneOf(ground, address);
  const targets = targetsOf(written, state, titleOf);
  return {
    address,
    title: titleOf(address),
    kind: state.kind,
    gone,
    addedBy: ground.adder(address)?.state === address ? (ground.adder(address)?.change ?? null) : null,
    words: wordsOf(ground, state, path),
    buttons: buttonsOf(ground, state, titleOf),
    notices: noticesOf(ground, state, titleOf),
    timers: timersOf(ground, state, path, titleOf),
    deadline: deadlineOf(ground, chart, state, targets),
    ways: waysOf({ ground, folded: composed.chart.states[address], hasRoom: stepsIn !== null, titleOf }, state),
    removal:
      gone === null ? removalOfState(ground, state, chart.states[state.parent ?? '']) : { kind: 'no', why: 'gone' },
    targets,
    stepsIn,
  };
}

/** The state in which a step is put that stands on a way out of this one: the nearest around it that holds states. */
function roomOf(ground: Ground, { address }: ChartState): string | null {
  const around = outwards(parentOf(address) ?? '').find((one) => {
    const node = ground.node(ground.pathOfState(one) ?? []);
    return node?.kind === 'map' && node.entries.has('states');
  });
  return around ?? null;
}

function titleIn(chart: Chart, address: string): string {
  const state = chart.states[address];
  return state === undefined ? address : state.title || (state.label ?? address);
}
