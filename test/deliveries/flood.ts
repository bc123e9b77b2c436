import { setTimeout as sleep } from 'node:timers/promises';
import type { Sent } from '../webhooks/senders.js';
import type { TelephoneCompany } from './telephone-company.js';

const SENDERS = 64;

/** A call event that nobody signed who knows the secret. */
export function aForgery(): Sent {
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg-1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': `v1,${Buffer.alloc(32, 7).toString('base64')}`,
  };
  const call = { type: 'call.ended', occurred_at: new Date().toISOString(), call_id: 'c-1', data: 'x'.repeat(400) };
  return { path: '/webhooks/generic/pbx', headers, body: JSON.stringify(call) };
}

/** Sends so many requests over 64 connections; how many got each answer. */
export async function flood(company: TelephoneCompany, count: number, sent: () => Sent): Promise<Map<number, number>> {
  const answers = new Map<number, number>();
  let left = count;
  const send = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { status } = await company.post(sent());
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return answers;
}

/** Resident memory of the program in MB, each second until the signal aborts. */
export async function watchMemory(company: TelephoneCompany, signal: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  while (!signal.aborted) {
    seen.push(Math.round(await company.memory()));
    await sleep(1_000, undefined, { signal }).catch(() => undefined);
  }
  return seen;
}

/** Sends so many in a second, one after another, until the signal aborts; how many were taken. */
export async function sendSteadily(
  company: TelephoneCompany,
  perSecond: number,
  sent: (index: number) => Sent,
  signal: AbortSignal,
): Promise<number> {
  const begun = performance.now();
  const under: Promise<boolean>[] = [];
  while (!signal.aborted) {
    const due = Math.floor(((performance.now() - begun) / 1000) * perSecond);
    while (under.length < due) {
      const taken = company.post(sent(under.length)).then(
        ({ status }) => status < 300,
        // The program goes while something is under way only where the run has failed already.
        () => false,
      );
      under.push(taken);
    }
    await sleep(5);
  }
  return (await Promise.all(under)).filter(Boolean).length;
}
