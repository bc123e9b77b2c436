import { checkCallFact, checkVoicemailFact } from '#libs/interaction';
import { readBody, redacted } from '#libs/webhook';
import { takeIn } from './intake.js';
import { factsIn, readOf, sentTo, type Subject } from './subject.js';

/** What one check found wrong; nothing when it is content. */
type Check = (subject: Subject) => readonly string[] | Promise<readonly string[]>;

/** What every provider has to be, by name. */
export const CHECKS = {
  'believes its vendor': believesItsVendor,
  'believes nobody else': believesNobodyElse,
  'reads what its vendor tells': readsWhatItsVendorTells,
  'names a repetition as before': namesARepetitionAsBefore,
  'reads in any order': readsInAnyOrder,
  'answers when it is durable': answersWhenItIsDurable,
  'keeps secrets out of records': keepsSecretsOut,
  'never throws': neverThrows,
} satisfies Readonly<Record<string, Check>>;
export type CheckName = keyof typeof CHECKS;

function requestsOf({ calls }: Subject) {
  return calls.flat();
}

function believesItsVendor(subject: Subject): string[] {
  const { provider, connection } = subject;
  return requestsOf(subject).flatMap((request) => {
    const verification = provider.verify(sentTo(subject, request, connection), connection);
    return verification.verified ? [] : [`${request.body.slice(0, 80)}: ${verification.reason}`];
  });
}

const STRANGERS = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4';

/** Whoever has another secret, and whoever has none. */
function believesNobodyElse(subject: Subject): string[] {
  const { provider, connection } = subject;
  const stranger = { ...connection, settings: provider.vendor.settingsWith(STRANGERS) };
  return requestsOf(subject).flatMap((request) => {
    const own = sentTo(subject, request, connection);
    const attempts = {
      'with another secret': sentTo(subject, request, stranger),
      'without a secret': {
        ...own,
        target: `/webhooks/${connection.provider}/${connection.key}`,
        rawHeaders: ['content-type', request.contentType],
      },
    };
    return Object.entries(attempts)
      .filter(([, attempt]) => provider.verify(attempt, connection).verified)
      .map(([name]) => `${name}: ${request.body.slice(0, 80)}`);
  });
}

/** Facts that keep the contract, and something of every call. */
function readsWhatItsVendorTells(subject: Subject): string[] {
  const unread = requestsOf(subject).flatMap((request) => {
    const read = readOf(subject, request);
    return read.ok ? [] : [`${request.body.slice(0, 80)}: ${JSON.stringify(read.problems)}`];
  });
  const silent = subject.calls.flatMap((call) =>
    call.some((request) => factsIn(readOf(subject, request)).length > 0)
      ? []
      : [`nothing of ${call[0]?.body.slice(0, 80)}`],
  );
  const wrong = requestsOf(subject)
    .flatMap((request) => factsIn(readOf(subject, request)))
    .map((fact) => (fact.channel === 'call' ? checkCallFact(fact) : checkVoicemailFact(fact)))
    .flatMap((checked) => (checked.ok ? [] : [JSON.stringify(checked)]));
  return [...unread, ...silent, ...wrong];
}

/** The second time, and an hour later. */
function namesARepetitionAsBefore(subject: Subject): string[] {
  const idsOf = (request: Parameters<typeof readOf>[1], seconds: number) =>
    factsIn(readOf(subject, request, seconds)).map(({ id }) => id);
  return requestsOf(subject)
    .filter((request) => idsOf(request, 0).join() !== idsOf(request, 3600).join())
    .map((request) => `other ids: ${request.body.slice(0, 80)}`);
}

/** Whatever was read before: a provider remembers nothing. */
function readsInAnyOrder(subject: Subject): string[] {
  return subject.calls.flatMap((call) => {
    const numbered = call.map((request, seconds) => ({ request, seconds }));
    const said = (all: typeof numbered) =>
      all
        .flatMap(({ request, seconds }) => factsIn(readOf(subject, request, seconds)))
        .map(({ id: _, ...fact }) => JSON.stringify(fact))
        .sort();
    const inOrder = said(numbered);
    const backwards = said([...numbered].reverse());
    return inOrder.filter((fact) => !backwards.includes(fact)).map((fact) => `backwards it is another fact: ${fact}`);
  });
}

/** Until its facts are durable nothing is answered, and without that nothing that a sender takes for success. */
async function answersWhenItIsDurable(subject: Subject): Promise<string[]> {
  const request = requestsOf(subject).find((one) => factsIn(readOf(subject, one)).length > 0);
  if (request === undefined) {
    return ['no request has facts'];
  }
  const sent = sentTo(subject, request, subject.connection);
  let durable = false;
  const answered = await takeIn(subject, sent, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    durable = true;
  });
  const refused = await takeIn(subject, sent, () => Promise.reject(new Error('the log is not reachable')));
  return [
    ...(durable ? [] : [`${answered.status} before it was durable`]),
    ...(answered.status >= 200 && answered.status < 300 ? [] : [`${answered.status} when it was durable`]),
    ...(refused.status === 503 ? [] : [`${refused.status} when the log was not reachable`]),
  ];
}

/** Secrets of the connection, and where a recording is fetched: not in a fact, not in a name, not in a kept body. */
function keepsSecretsOut(subject: Subject): string[] {
  return requestsOf(subject).flatMap((request) => {
    const read = readOf(subject, request);
    const addresses = read.ok ? read.events.flatMap(({ sounds }) => sounds.map(({ address }) => address)) : [];
    const body = readBody({ body: Buffer.from(request.body), rawHeaders: ['content-type', request.contentType] });
    const kept = JSON.stringify([
      factsIn(read),
      read.ok ? read.events.map(({ eventId, ignored }) => [eventId, ignored]) : read.problems,
      body.ok ? redacted(body.plain, subject.provider.secrets) : null,
    ]);
    return [...subject.secrets, ...addresses]
      .filter((secret) => kept.includes(JSON.stringify(secret).slice(1, -1)))
      .map(() => `a secret or an address of a recording: ${request.body.slice(0, 40)}`);
  });
}

const HOSTILE: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { constructor: 'x', __proto__: null, toString: [] },
  { id: 1, type: [], event: {}, call_id: null, callId: ['', ''], CallSid: '', CallStatus: [[]] },
  { events: [null, 1, 'x', { id: 'x'.repeat(100_000) }] },
];

function neverThrows(subject: Subject): string[] {
  const { provider, connection, calls } = subject;
  const told = calls.flat()[0];
  const attempts = [
    ...HOSTILE.map((plain) => () => void readOf(subject, toldAs(plain))),
    ...[[], ['x-twilio-signature'], ['webhook-signature', '\u0000']].map((rawHeaders) => () => {
      const own = told === undefined ? null : sentTo(subject, told, connection);
      provider.verify({ body: Buffer.alloc(0), target: '//', receivedAt: Number.NaN, ...own, rawHeaders }, connection);
    }),
  ];
  return attempts.flatMap((attempt) => {
    try {
      attempt();
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
}

function toldAs(plain: Readonly<Record<string, unknown>>) {
  return { path: '', contentType: 'application/json', body: JSON.stringify(plain), id: 'x' } as const;
}
