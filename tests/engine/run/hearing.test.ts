import { expect, test } from 'vitest';
import { activeStates, configurationOf } from '../../../engine/run/configuration.ts';
import { type Hearing, heardAmong, hearingsAt } from '../../../engine/run/hearing.ts';
import { available } from '../../../engine/run/index.ts';
import { applicant, Case, clerk, loan } from './support.ts';

/** What is kept of a place is that of the definition and of the place, whoever asks and in whatever order. */
const short = loan();
const long = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);
const plays = [short, long].flatMap((definition) => [
  new Case(definition, false),
  new Case(definition, false).fill(),
  new Case(definition, false).fill().answer('main.work.check', 'FOUND'),
]);

const paths = [['event'], ['facts', 'known'], ['facts', 'paid'], ['person', 'name'], ['item'], ['tables']];
const said = ({ open, ...rest }: Hearing) => ({ ...rest, open: paths.map(open) });

test('what is heard somewhere is what is heard there without remembering', () => {
  for (const play of [...plays, ...plays.toReversed()]) {
    const { active } = play.state;
    const states = activeStates(play.definition, configurationOf(active));
    const heard = hearingsAt(play.definition, active);
    expect(heard.map(said)).toEqual(hearingsAt(anew(play.definition), active).map(said));
    for (const each of heard) expect(each.heard).toEqual(heardAmong(states, each.event, each.declared));
    expect(heard).toBe(hearingsAt(play.definition, [...active]));
  }
});

test('what only the sending decides differs from place to place', () => {
  const open = plays.flatMap((play) => hearingsAt(play.definition, play.state.active).map((one) => said(one).open));
  expect(open.flat()).toContain(true);
  expect(open.flat()).toContain(false);
});

test('a definition that differs in what it declares is another one', () => {
  const [play] = plays;
  const { events } = short.declared;
  const renamed = {
    ...short,
    declared: { ...short.declared, events: { ...events, NEXT: { ...events.NEXT!, title: '改了' } } },
  };
  const titled = (definition: typeof short) =>
    available(definition, play!.state, applicant, play!.env).find(({ event }) => event === 'NEXT')?.title;
  expect(titled(short)).not.toBe('改了');
  expect(titled(renamed)).toBe('改了');
  expect(titled(short)).not.toBe('改了');
});

test('who has another role is offered other things at the same place', () => {
  const [, , play] = plays;
  const events = (actor: typeof clerk) => available(short, play!.state, actor, play!.env).map(({ event }) => event);
  expect(events(clerk)).not.toEqual(events(applicant));
  expect(events(clerk).length).toBeGreaterThan(0);
});

/** The same definition as another object: nothing is remembered of it yet. */
function anew<T extends object>(definition: T): T {
  return { ...definition };
}
