import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { compileCheck } from './compiled-check.js';
import { interactionId } from '../identifiers.js';
import { Interaction } from '../interaction/interaction.js';
import { whyNotStorable } from './storable.js';

export type ParsedInteraction =
  | { readonly ok: true; readonly interaction: Interaction }
  | { readonly ok: false; readonly reason: 'not-json' | 'invalid'; readonly detail: string };

const meetsContract = compileCheck(Interaction);

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
  const unstorable = whyNotStorable(plain);
  if (unstorable !== null) {
    return { ok: false, reason: 'invalid', detail: unstorable.slice(0, 1000) };
  }
  if (!meetsContract(plain)) {
    return { ok: false, reason: 'invalid', detail: contractErrors(plain).join('; ').slice(0, 1000) };
  }
  const interaction = plain as Interaction;
  if (interaction.id !== interactionId(interaction.accountId, interaction.channel, interaction.externalId)) {
    return { ok: false, reason: 'invalid', detail: 'id: is not derived from account, channel and external id' };
  }
  return { ok: true, interaction };
}

/** The official validator's words for what is wrong; empty when nothing is. */
export function contractErrors(plain: object): string[] {
  return describe(validateSync(plainToInstance(Interaction, plain), { whitelist: false, forbidUnknownValues: true }));
}

function describe(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap((error) => [
    ...Object.values(error.constraints ?? {}).map((message) => `${path}${error.property}: ${message}`),
    ...describe(error.children ?? [], `${path}${error.property}.`),
  ]);
}
