import { setTimeout as sleep } from 'node:timers/promises';
import { SIGNING_SECRET, telephonyFile } from '../webhooks/acme-telephony.js';
import { generic, type Sent, signatureOf } from '../webhooks/senders.js';
import { aForgery, sendSteadily } from './flood.js';
import type { TelephoneCompany } from './telephone-company.js';

const LINE = '+351210000000';
const LISTED = `{ number: '${LINE}', group: Support }`;
/** A line on which nothing but voicemails opens a case, and a connection for the load. */
export const REASONS_FILE = telephonyFile()
  .replace(LISTED, `${LISTED}, { number: '+351210000005', group: Sales, autoCreate: [voicemail] }`)
  .replace(
    '\ntelephony:\n',
    `\ntelephony:\n  - { provider: generic, key: load, secret: ${SIGNING_SECRET}, group: Sales }\n`,
  );

/** What our own webhook says of a call, now. */
export function callEvent(name: string, type: string, more: object = {}): object {
  const from = '+351910000001';
  return {
    id: `e-${name}`,
    type,
    occurred_at: new Date().toISOString(),
    call_id: `c-${name}`,
    from,
    to: LINE,
    ...more,
  };
}

const missed = { ended_by: 'agent', reason: 'no_answer' };
const answered = { by: 'agent', agent: { extension: '204' } };
/** Who calls the line that is not there, and has no case that such a call could join. */
const NOBODY_ELSE = '+351910000099';
const DAY = 24 * 60 * 60 * 1000;

/** Signed so long ago that nobody believes it any more. */
function signedLate(event: object): Sent {
  const body = JSON.stringify(event);
  const headers = { 'content-type': 'application/json', ...signatureOf('msg-late', body, Date.now() - 400_000) };
  return { path: '/webhooks/generic/pbx', headers, body };
}

const ended = (name: string, more: object = {}): Sent => generic(callEvent(name, 'call.ended', { ...missed, ...more }));

/** What brings each reason about, by how the log begins to say it. */
const PROVOKED: Readonly<Record<string, () => Sent>> = {
  'signature-mismatch': aForgery,
  'timestamp-out-of-range: the clocks differ by 40': () => signedLate(callEvent('late', 'call.ended', missed)),
  'endpoint-not-configured: +351210000099': () => ended('nowhere', { to: '+351210000099', from: NOBODY_ELSE }),
  'agent-unknown: 204': () => generic(callEvent('whom', 'call.answered', answered)),
  'auto-create-off: call_missed': () => ended('off', { to: '+351210000005' }),
  'unknown-type: call.parked': () => generic(callEvent('parked', 'call.parked')),
  test: () => ended('test', { test: true }),
  too_old: () => ended('old', { occurred_at: new Date(Date.now() - 40 * DAY).toISOString() }),
};

/** What was measured. */
export interface Provoked {
  /** Milliseconds from the request to where the log says why, by reason. */
  readonly took: Readonly<Record<string, number>>;
  /** Of the load, in each second. */
  readonly accepted: number;
}

/** A program that has just begun to run is slower than it ever is again. */
const WARM_UP_MS = 3_000;

/** Brings each reason about, and waits until the delivery log says it, while so many other webhooks come in a second. */
export async function provokeReasons(company: TelephoneCompany, perSecond: number): Promise<Provoked> {
  const stop = new AbortController();
  const begun = performance.now();
  const load = sendSteadily(company, perSecond, ofTheLoad, stop.signal);
  try {
    await sleep(WARM_UP_MS);
    const took: Record<string, number> = {};
    for (const [reason, sent] of Object.entries(PROVOKED)) {
      took[reason] = await untilSaid(company, reason, sent());
    }
    stop.abort();
    const accepted = await load;
    return { took, accepted: Math.round((accepted * 1000) / (performance.now() - begun)) };
  } finally {
    stop.abort();
  }
}

/** A thousand calls, each told of again and again. */
function ofTheLoad(index: number): Sent {
  const event = callEvent(`load-${index}`, 'call.started', { call_id: `load-${index % 1_000}` });
  return { ...generic(event), path: '/webhooks/generic/load' };
}

async function untilSaid(company: TelephoneCompany, reason: string, sent: Sent): Promise<number> {
  const from = performance.now();
  await company.post(sent);
  for (;;) {
    const { data } = await company.get<{ data: { reason: string | null; advice: string | null }[] }>(
      '/v1/deliveries?connection=generic/pbx&limit=20',
    );
    const found = data.find((one) => one.reason?.startsWith(reason));
    const took = Math.round(performance.now() - from);
    if (found !== undefined && found.advice !== null) {
      return took;
    }
    if (took > 20_000) {
      throw new Error(`the log does not say ${reason}: ${JSON.stringify(data.map((one) => one.reason))}`);
    }
    await sleep(20);
  }
}
