import { evaluateText, type Scope } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';

/**
 * Keys that the case holds while it is open, worked out from committed data, and how many open cases may hold each where
 * that is not one. [RUN-19] [RUN-33]
 */
export function heldBy(definition: Definition, scope: Scope): Pick<CaseState, 'reservations' | 'places'> {
  const reservations: { [reservation: string]: string } = {};
  const places: { [reservation: string]: number } = {};
  for (const [id, reservation] of Object.entries(definition.declared.reservations)) {
    if (reservation.of !== undefined) continue;
    const key = evaluateText(reservation.key, scope);
    if (key.kind !== 'value' || key.value === null || key.value === '') continue;
    reservations[id] = String(key.value);
    if (reservation.places === undefined) continue;
    const many = evaluateText(reservation.places, scope);
    // Where nobody can say how many there are, there is none to be had.
    places[id] = many.kind === 'value' && typeof many.value === 'number' ? many.value : 0;
  }
  return Object.keys(places).length === 0 ? { reservations } : { reservations, places };
}
