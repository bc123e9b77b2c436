import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { checkCallFact, checkVoicemailFact } from '#libs/interaction';
import { readBody } from '#libs/webhook';
import type { Arrival } from '../facts/arrival.js';
import type { EventRead } from '../facts/event-read.js';
import { PROVIDERS } from '../providers.js';

export function anArrival(connection: string, overrides: Partial<Arrival> = {}): Arrival {
  const provider = PROVIDERS.find(({ name }) => connection.startsWith(`${name}/`))!;
  return {
    accountId: '5f0c8f6e-3c1e-5b7a-8f57-0d4a3a0b9f11',
    connection,
    receivedAt: '2026-03-02T18:30:00.000Z',
    country: 'PT',
    numberFormat: provider.numberFormat,
    path: null,
    requestId: null,
    ...overrides,
  };
}

/** The events of a body, each fact held against the contract. */
export function eventsOf(
  plain: Readonly<Record<string, unknown>>,
  connection: string,
  overrides: Partial<Arrival> = {},
): readonly EventRead[] {
  const provider = PROVIDERS.find(({ name }) => connection.startsWith(`${name}/`))!;
  const read = provider.read(plain, anArrival(connection, overrides));
  if (!read.ok) {
    throw new Error(JSON.stringify(read.problems));
  }
  for (const { calls, voicemails } of read.events) {
    const wrong = [...calls.map(checkCallFact), ...voicemails.map(checkVoicemailFact)].filter(({ ok }) => !ok);
    if (wrong.length > 0) {
      throw new Error(JSON.stringify(wrong));
    }
  }
  return read.events;
}

const EXAMPLES = new URL('../../../../examples/telephony/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
};

/** The bodies of an example in the order they are sent: `NAME.json`, or `NAME.1.form`, `NAME.2.form` … */
export function exampleBodies(provider: string, name: string): readonly Readonly<Record<string, unknown>>[] {
  const folder = new URL(`${provider}/`, EXAMPLES);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return files
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => {
      const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? '';
      const read = readBody({ body: readFileSync(new URL(file, folder)), rawHeaders: ['content-type', type] });
      if (!read.ok) {
        throw new Error(`${file}: ${JSON.stringify(read.problems)}`);
      }
      return read.plain;
    });
}
