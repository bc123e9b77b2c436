import {
  type BesideCall,
  findBesideCalls,
  findPresses,
  lockCalls,
  type PressRow,
  type Queryable,
} from '#libs/case-store';
import type { Input } from '../inputs.js';

/** What was pressed about the calls of the inputs, and what is beside these calls. */
export interface Pressed {
  readonly presses: readonly PressRow[];
  /** By the call. */
  readonly beside: ReadonlyMap<string, BesideCall>;
}

/** Calls of which something is to be decided are held before their rows are read; those that facts tell of are not. */
export async function findPressed(client: Queryable, accountId: string, inputs: readonly Input[]): Promise<Pressed> {
  const given = inputs.flatMap((input) => (input.kind === 'callbar' ? [input] : []));
  const calls = [...new Set(given.flatMap(({ callId }) => callId ?? []))];
  const told = inputs.flatMap((input) => (input.kind === 'fact' ? [input.fact.interactionId] : []));
  if (calls.length > 0) {
    await lockCalls(client, calls);
  }
  const ids = given.flatMap(({ event }) => event?.id ?? []);
  const about = [...new Set([...calls, ...told])];
  const presses = ids.length + about.length === 0 ? [] : await findPresses(client, accountId, ids, about);
  const beside = calls.length === 0 ? [] : await findBesideCalls(client, accountId, calls);
  return { presses, beside: new Map(beside.map((one) => [one.interactionId, one])) };
}
