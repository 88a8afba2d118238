import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { tasksFor, view } from '../../../engine/explain/index.ts';
import { loadAll } from '../../../engine/index.ts';
import type { Actor } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { runScenario, type Scenario, type Session } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../workflows/definition-files.ts';

/** The tasks alone are those of the whole view: at each moment of the golden stories, for everybody who could look. */
const files = definitionFiles();
const { projects } = loadAll(files);
const happy = Object.entries(files)
  .filter(([path]) => /\/(happy-path|own-changes|deletion-asked-for)\.scenario\.yaml$/.test(path))
  .map(([, text]) => parse(text) as Scenario)
  .flatMap((scenario) => [scenario.project].flat().map((project) => ({ project, scenario })));

/** Each role as somebody new, as whoever signed for a part, as the owner, by each link, and one who has all roles. */
function viewers(definition: Definition, { state }: Session): readonly Actor[] {
  const roles = Object.keys(definition.roles);
  const people = [...new Set([state.owner, ...Object.values(state.people), 'somebody'])];
  const single = roles.flatMap((role) => people.map((id) => ({ id, roles: [role] })));
  const links = Object.keys(definition.declared.secrets).flatMap((via) =>
    roles.map((role) => ({ id: 'by-link', roles: [role], via })),
  );
  const deputy: Actor = { id: 'colleague', roles: roles.slice(0, 1), deputy: true, locale: 'en' };
  return [...single, ...links, deputy, { id: 'somebody', roles }];
}

test('there are stories of the projects', () => {
  expect(new Set(happy.map(({ project }) => project))).toEqual(new Set(Object.keys(projects)));
});

test.each(happy)('[XPL-10] the tasks of $project alone', ({ project, scenario }) => {
  const definition = projects[project]!;
  const { moments } = runScenario(definition, scenario);
  let looked = 0;
  for (const moment of moments.filter(({ state }, at) => state !== moments[at - 1]?.state)) {
    const env = { now: moment.now, calendar: moment.calendar };
    for (const viewer of viewers(definition, moment)) {
      const whole = view(definition, moment.state, viewer, moment.journal, env).tasks;
      const alone = tasksFor(definition, moment.state, viewer, moment.journal, env);
      expect(JSON.stringify(alone)).toBe(JSON.stringify(whole));
      looked += alone.length;
    }
  }
  expect(looked).toBeGreaterThan(0);
});
