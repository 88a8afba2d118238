import type { JsonObject } from '../../engine/model/json.ts';
import type { Sealer } from './sensitive.ts';
import type { OutboxEntry, ShellEffect } from './store.ts';

export const withEffect = (entry: OutboxEntry, effect: ShellEffect): OutboxEntry => ({ ...entry, effect });

export function sealEffect(effect: ShellEffect, sealer: Sealer): ShellEffect {
  switch (effect.kind) {
    case 'call':
      return { ...effect, input: { sealed: sealer.seal(JSON.stringify(effect.input), effect.key) } };
    case 'notice':
      return {
        ...effect,
        to: effect.to === null ? null : sealer.seal(effect.to, `${effect.key}/to`),
        text: sealer.seal(effect.text, `${effect.key}/text`),
      };
    case 'leave':
    case 'makeSecret':
    case 'erase':
    case 'webhook':
      return effect;
  }
}

export function openEffect(effect: ShellEffect, sealer: Sealer): ShellEffect {
  switch (effect.kind) {
    case 'call':
      return { ...effect, input: JSON.parse(sealer.open(String(effect.input.sealed), effect.key)) as JsonObject };
    case 'notice':
      return {
        ...effect,
        to: effect.to === null ? null : sealer.open(effect.to, `${effect.key}/to`),
        text: sealer.open(effect.text, `${effect.key}/text`),
      };
    case 'leave':
    case 'makeSecret':
    case 'erase':
    case 'webhook':
      return effect;
  }
}
