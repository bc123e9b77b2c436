import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { interactionId } from './identifiers.js';
import { Interaction } from './interaction.js';

export type ParsedInteraction =
  | { readonly ok: true; readonly interaction: Interaction }
  | { readonly ok: false; readonly reason: 'not-json' | 'invalid'; readonly detail: string };

/** Deeper JSON than this is refused: no interaction needs it, and recursion over it would cost the stack. */
const DEEPEST = 40;

/** Reads the value of a record. Never throws: whatever cannot be an interaction says why. */
export function parseInteraction(value: Buffer | string | null): ParsedInteraction {
  if (value === null) {
    return { ok: false, reason: 'invalid', detail: 'the record has no value' };
  }
  let plain: unknown;
  try {
    plain = JSON.parse(typeof value === 'string' ? value : value.toString('utf8'));
  } catch (error) {
    return { ok: false, reason: 'not-json', detail: (error as Error).message.slice(0, 300) };
  }
  return checkInteraction(plain);
}

/** Validates an object against the contract. */
export function checkInteraction(plain: unknown): ParsedInteraction {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    return { ok: false, reason: 'invalid', detail: 'the value is not an object' };
  }
  if (deeperThan(plain, DEEPEST)) {
    return { ok: false, reason: 'invalid', detail: `nested deeper than ${DEEPEST} levels` };
  }
  const interaction = plainToInstance(Interaction, plain);
  const errors = validateSync(interaction, { whitelist: false, forbidUnknownValues: true });
  if (errors.length > 0) {
    return { ok: false, reason: 'invalid', detail: describe(errors).join('; ').slice(0, 1000) };
  }
  if (interaction.id !== interactionId(interaction.accountId, interaction.channel, interaction.externalId)) {
    return { ok: false, reason: 'invalid', detail: 'id: is not derived from account, channel and external id' };
  }
  return { ok: true, interaction };
}

function describe(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((message) => `${path}${error.property}: ${message}`),
    ...describe(error.children ?? [], `${path}${error.property}.`),
  ]);
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((child) => deeperThan(child, levels - 1));
}
