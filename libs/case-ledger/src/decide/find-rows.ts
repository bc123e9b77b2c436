import { callToldOf, VOICEMAIL_FOLD } from '#libs/case-domain';
import {
  type BesideCall,
  findKnownContactFacts,
  findKnownFacts,
  findKnownInteractions,
  findStoredInteractions,
  type PressRow,
  type Queryable,
  type StoredInteraction,
} from '#libs/case-store';
import type { Input } from '../inputs.js';
import { findPressed } from './find-pressed.js';
import { firstNamedBy, interactionOf, isBlank } from './stored-questions.js';
import { keyOf } from './told.js';

/** Rows that the inputs are about, as they were found without a lock. */
export interface Rows {
  /** Endpoints by interaction. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly stored: ReadonlyMap<string, StoredInteraction>;
  /** Facts about contacts that were decided. */
  readonly contactFacts?: ReadonlySet<string>;
  /** Facts that were folded in. */
  readonly facts: ReadonlySet<string>;
  readonly presses?: readonly PressRow[];
  /** By the call. */
  readonly beside?: ReadonlyMap<string, BesideCall>;
}

/** Finds the rows that the inputs are about. */
export async function findRows(client: Queryable, accountId: string, inputs: readonly Input[]): Promise<Rows> {
  const pressed = await findPressed(client, accountId, inputs);
  const delivered = new Set(inputs.flatMap((input) => (input.kind === 'interaction' ? [input.interaction.id] : [])));
  const named = new Set(inputs.flatMap(rowNamedBy));
  const facts = [...new Set(inputs.flatMap((input) => (input.kind === 'fact' ? [input.fact.id, keyOf(input)] : [])))];
  const known = delivered.size === 0 ? [] : await findKnownInteractions(client, accountId, [...delivered]);
  const stored = named.size === 0 ? [] : await findStoredInteractions(client, accountId, [...named]);
  const firsts = [...new Set(stored.flatMap((row) => firstNamedBy(row) ?? []))];
  const further = [...new Set([...firsts, ...callsTold(inputs, stored)])].filter((id) => !named.has(id));
  const others = further.length === 0 ? [] : await findStoredInteractions(client, accountId, further);
  const knownFacts = facts.length === 0 ? [] : await findKnownFacts(client, accountId, facts);
  return {
    known: new Map(known.map(({ id, endpoints }) => [id, new Set(endpoints)])),
    stored: new Map([...stored, ...others].map((row) => [row.id, row])),
    facts: new Set(knownFacts),
    contactFacts: await findContactFacts(client, accountId, inputs),
    ...pressed,
  };
}

async function findContactFacts(
  client: Queryable,
  accountId: string,
  inputs: readonly Input[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(inputs.flatMap((input) => (input.kind === 'contact' ? [input.fact.id] : [])))];
  return new Set(ids.length === 0 ? [] : await findKnownContactFacts(client, accountId, ids));
}

/** Calls of messages, where they say more than the messages do: by what is told now, and by what was told before. */
function callsTold(inputs: readonly Input[], stored: readonly StoredInteraction[]): string[] {
  const messages = inputs.filter((input) => 'fold' in input && input.fold === VOICEMAIL_FOLD);
  const ids = new Set(messages.flatMap(rowNamedBy));
  const told = messages.flatMap((input) =>
    input.kind === 'fact' ? [input.fold.fold(null, [input.fact.data]).interaction] : [],
  );
  const known = stored.filter((row) => ids.has(row.id) && !isBlank(row)).map(interactionOf);
  return [...told, ...known].flatMap((message) => callToldOf(message) ?? []);
}

/** The interaction whose row says what the input is about. */
function rowNamedBy(input: Input): string[] {
  if (input.kind === 'callbar') {
    return input.callId === null ? [] : [input.callId];
  }
  if (input.kind === 'fact') {
    return [input.fact.interactionId];
  }
  return 'interactionId' in input ? [input.interactionId] : [];
}
