import type { Watch } from '../compile/watch.ts';
import { settle } from '../forms/settle.ts';
import type { CaseState } from '../model/case.ts';
import type { Command } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { historyOf } from '../run/configuration.ts';
import { formContext, formOf } from '../run/forms.ts';
import { worldOf } from '../run/world.ts';
import { envOf, type Session } from '../simulate/session.ts';
import { answered, entered, fired, held, late, missed, ruled, took } from './elements.ts';

/** Collects what a watched machine tells, as keys of elements. */
export class Seen {
  private keys = new Set<string>();
  private asked: string | null = null;

  readonly watch: Watch = (what, address) => {
    if (what === 'held') {
      this.asked = null;
      this.keys.add(held(address));
      return;
    }
    this.close();
    if (what === 'asked') this.asked = address;
    else this.keys.add(what === 'took' ? took(address) : entered(address));
  };

  add(keys: Iterable<string>): void {
    for (const key of keys) this.keys.add(key);
  }

  /** What was seen since the last time. */
  take(): ReadonlySet<string> {
    this.close();
    const { keys } = this;
    this.keys = new Set();
    return keys;
  }

  /** A condition that was asked and did not turn out to hold did not hold. */
  private close(): void {
    if (this.asked !== null) this.keys.add(missed(this.asked));
    this.asked = null;
  }
}

/** Timers and answers of the commands that a session took after another, as keys of elements. */
export function heardBetween(before: Session, after: Session): readonly string[] {
  const commands = (after.commands ?? []).slice(before.commands?.length ?? 0);
  const entries = after.journal.slice(before.journal.length);
  return commands.flatMap(({ command }, index) => {
    if (command.kind === 'timer') return [fired(command.timer)];
    if (command.kind !== 'outcome') return [];
    const kind = entries[index]?.what.split(':')[0];
    if (kind === 'late') return [late(command.call, command.outcome)];
    return kind === 'outcome' || kind === 'parked' ? [answered(command.call, command.outcome)] : [];
  });
}

/** Conditions of the forms that an accepted event brought, as keys of elements. `state`: as the event found it. */
export function formsOf(
  definition: Definition,
  state: CaseState,
  command: Command,
  session: Pick<Session, 'now' | 'calendar'>,
): readonly string[] {
  if (command.kind !== 'event') return [];
  const sent: { [form: string]: JsonObject } = { ...command.forms };
  const dialogue = definition.declared.events[command.event]?.form;
  if (dialogue !== undefined && command.data !== undefined) sent[dialogue] = command.data;
  const world = worldOf(state, historyOf(state), { event: {}, actor: command.actor.id }, envOf(session));
  return Object.entries(sent).flatMap(([id, values]) => {
    const form = formOf(definition, id);
    if (form === null) return [];
    const { visible, required } = settle(form, values, formContext(definition, world, id, command.forms));
    return form.fields.flatMap((field) => {
      const name = `${id}.${field.name}`;
      const shown = visible.has(field.name);
      return [
        ...(typeof field.visible === 'boolean' ? [] : [ruled(name, 'visible', shown)]),
        ...(typeof field.required === 'boolean' || !shown ? [] : [ruled(name, 'required', required.has(field.name))]),
      ];
    });
  });
}
