import { interactionId } from '../identifiers.js';
import { Interaction } from '../interaction/interaction.js';
import { contractReader, readJson, type Refused } from './read-contract.js';

export type ParsedInteraction = { readonly ok: true; readonly interaction: Interaction } | Refused;

const readInteraction = contractReader(Interaction, ({ id, accountId, channel, externalId }) =>
  id === interactionId(accountId, channel, externalId)
    ? null
    : 'id: is not derived from account, channel and external id',
);

/** Reads the value of a record. Never throws: whatever cannot be an interaction says why. */
export function parseInteraction(value: Buffer | string | null): ParsedInteraction {
  const json = readJson(value);
  return json.ok ? checkInteraction(json.value) : json;
}

/** Validates an object against the contract. */
export function checkInteraction(plain: unknown): ParsedInteraction {
  const read = readInteraction(plain);
  return read.ok ? { ok: true, interaction: read.value } : read;
}
