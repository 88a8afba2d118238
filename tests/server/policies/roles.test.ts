import { describe, expect, test } from 'vitest';
import { abilitiesOf, may } from '../../../server/policies/abilities.ts';
import { conflictsOf, type Grant, holds, inForce, rolesIn } from '../../../server/policies/roles.ts';

const all = (...roles: string[]): Grant[] => roles.map((role) => ({ role, projects: null }));
const at = (role: string, ...projects: string[]): Grant => ({ role, projects });

describe('separated duties', () => {
  test.each([
    ['admin', 'reviewer'],
    ['admin', 'finance'],
    ['admin', 'operations'],
    ['editor', 'publisher'],
    ['auditor', 'admin'],
    ['auditor', 'reviewer'],
    ['auditor', 'editor'],
  ])('%s and %s are not one person’s', (kept, lost) => {
    expect(conflictsOf(all(lost, kept))).toEqual([{ kept, lost }]);
    expect(rolesIn(inForce(all(lost, kept)))).toEqual([kept]);
  });

  test.each([
    ['admin', 'editor'],
    ['admin', 'tester'],
    ['reviewer', 'finance'],
    ['editor', 'tester'],
    ['applicant', 'reviewer'],
    ['applicant', 'auditor'],
  ])('%s and %s may be', (...roles) => {
    expect(conflictsOf(all(...roles))).toEqual([]);
  });

  test('an editor of one project may publish another, and an administrator reviews nowhere', () => {
    expect(conflictsOf([at('editor', 'east'), at('publisher', 'west')])).toEqual([]);
    expect(conflictsOf([at('editor', 'east', 'west'), at('publisher', 'west')])).toHaveLength(1);
    expect(conflictsOf([at('editor', 'east'), at('publisher', 'east')])).toHaveLength(1);
    expect(conflictsOf([...all('admin'), at('reviewer', 'west')])).toHaveLength(1);
  });

  test('roles that were stored all the same open one door only', () => {
    const grants = inForce(all('publisher', 'reviewer', 'editor', 'admin'));
    expect(abilitiesOf({ grants })).toEqual(['studio', 'edit', 'migrate', 'lab', 'staff']);
    expect(may({ grants }, 'publish')).toBe(false);
  });
});

describe('a role for single projects', () => {
  const grants = [at('reviewer', 'east'), at('finance', 'east'), at('editor', 'east')];
  test('counts there only', () => {
    expect(holds(grants, 'reviewer', 'east')).toBe(true);
    expect(holds(grants, 'reviewer', 'west')).toBe(false);
    expect(may({ grants }, 'edit', 'east')).toBe(true);
    expect(may({ grants }, 'edit', 'west')).toBe(false);
  });
  test('does not open the books of the whole house', () => {
    expect(may({ grants }, 'money')).toBe(false);
    expect(may({ grants: all('finance') }, 'money')).toBe(true);
  });
});
