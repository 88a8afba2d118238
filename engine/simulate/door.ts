import type { JsonObject } from '../model/json.ts';
import { outsideData } from './sample.ts';
import { envOf, type Played, play, type Session } from './session.ts';

/**
 * An event from outside as a connector takes it: what is forged is turned away, and so is what came before, known by the
 * sender's own id. Only the rest is told to the case. [SIM-6]
 */
export function receive(
  session: Session,
  event: string,
  given: JsonObject = {},
  { forged = false }: { readonly forged?: boolean } = {},
): Played {
  if (forged) return { kind: 'played', session };
  const { definition, state } = session;
  const from = definition.declared.events[event]?.from ?? '';
  const [connector = '', name = ''] = from.split('.');
  const id = definition.connectors[connector]?.events[name]?.id;
  const data = { ...outsideData(definition, state, event, envOf(session)), ...given };
  // A link is opened at our own door, with a verdict about its token: no sender numbers it.
  const link = Object.values(definition.declared.secrets).some((secret) => secret.opens === event);
  if (id === undefined || link) return play(session, { kind: 'outside', event, data });
  const heard = session.heard ?? [];
  const keyOf = () => `${from}:${String(data[id])}`;
  if (heard.includes(keyOf())) {
    if (given[id] !== undefined) return { kind: 'played', session };
    // Another message of the same kind: nobody said that it is the same one.
    data[id] = `${String(data[id])}-${heard.length + 1}`;
  }
  const played = play(session, { kind: 'outside', event, data });
  if (played.kind === 'refused') return played;
  return { kind: 'played', session: { ...played.session, heard: [...heard, keyOf()] } };
}
