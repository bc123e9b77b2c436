import type { Told } from '#libs/interaction';
import type { ProblemCause } from '#libs/runtime';
import { PLAIN_ANSWER, readBody, type WebhookAnswer, type WebhookRequest } from '#libs/webhook';
import type { DeliveryVerdict } from '../deliveries/delivery.js';
import type { SecretRemover } from '../deliveries/without-secrets.js';
import type { AnnouncedRecording } from '../recordings/recording-job.js';
import type { RecordingJobs } from '../recordings/recording-jobs.js';
import type { ArrivalOfRequest, EventFacts, WebhookConnection } from './webhook-connection.js';
import { withPlainForm } from './multipart-form.js';
import { cannotBeRead, comeAgain, notBelieved, otherType } from './problems.js';
import type { WebhookPublisher } from './publish-facts.js';
import { soundFact, type AwaitedSound } from './sent-sounds/sent-sound.js';
import type { SentSounds } from './sent-sounds/sent-sounds.js';

/** What taking a request needs besides the request. */
export interface Taking {
  readonly accountId: string;
  readonly publisher: WebhookPublisher;
  readonly jobs: RecordingJobs;
  readonly sentSounds: SentSounds;
  readonly secrets: SecretRemover;
}

/** What became of a request: how it is answered, and what the log of deliveries is told. */
export interface Outcome {
  readonly verdict: DeliveryVerdict;
  readonly reason: string | null;
  readonly address: string | null;
  readonly events: readonly EventFacts[];
  /** What a verified body said, its secrets still in it. */
  readonly plain: Readonly<Record<string, unknown>> | null;
  readonly answer: WebhookAnswer | ProblemCause;
}

/** What is known of a request besides what came. */
export interface Where extends Pick<ArrivalOfRequest, 'path' | 'requestId'> {
  /** Of the delivery. */
  readonly id: string;
}

export const NOTHING = { address: null, events: [], plain: null } as const;
const NO_FORM = { pointer: '', code: 'form', detail: 'the body is no form of parts that can be read' } as const;
export const JSON_AND_FORMS = ['application/json', 'application/x-www-form-urlencoded'] as const;

/**
 * Takes a request whose bytes are there:
 *
 * 1. answer a handshake, of systems that prove an address before they send
 * 2. verify who sent it
 * 3. read the body, then its events, without our own secrets: all of it or, with problems, none
 * 4. make every fact durable
 * 5. answer
 */
export async function takeRequest(
  taking: Taking,
  connection: WebhookConnection,
  request: WebhookRequest,
  where: Where,
): Promise<Outcome> {
  const { provider } = connection;
  const greeting = provider.handshake?.(request) ?? null;
  if (greeting !== null) {
    return { ...NOTHING, verdict: 'verified', reason: 'handshake', answer: greeting };
  }
  const verification = provider.verify(request, connection.connection);
  const { address } = verification;
  if (!verification.verified) {
    const { reason, detail } = verification;
    const told = detail === null ? reason : `${reason}: ${detail}`;
    return { ...NOTHING, verdict: 'refused', reason: told, address, answer: notBelieved(reason) };
  }
  const form = withPlainForm(request);
  const plainForm = form instanceof Promise ? await form : form;
  if (plainForm === null) {
    return { ...malformed(cannotBeRead([NO_FORM])), address };
  }
  const body = provider.readBody?.(plainForm) ?? readBody(plainForm);
  if (!body.ok) {
    const problem =
      body.status === 415 ? otherType(provider.mediaTypes ?? JSON_AND_FORMS) : cannotBeRead(body.problems);
    return { ...malformed(problem), address };
  }
  const receivedAt = new Date(request.receivedAt).toISOString();
  const { plain } = body;
  const { id, path, requestId } = where;
  const { accountId, secrets } = taking;
  const read = connection.read(plain, { accountId, receivedAt, path, requestId }, secrets);
  return read.ok
    ? takeEvents(taking, connection, { id, events: read.events, address, plain })
    : { ...malformed(cannotBeRead(read.problems)), address, plain };
}

/** A request that can be believed, and not be read. */
export function malformed(problem: ProblemCause): Outcome {
  const [first] = problem.errors ?? [];
  const reason = first === undefined ? problem.code : `${problem.code}: ${first.pointer} ${first.detail}`;
  return { ...NOTHING, verdict: 'malformed', reason, answer: problem };
}

/** A request that the sender is to send again. */
export function overloaded(reason: string): Outcome {
  return { ...NOTHING, verdict: 'overload', reason, answer: comeAgain() };
}

/** Makes the facts of events durable, sounds to be fetched before them, and says what the sender is answered. */
async function takeEvents(
  taking: Taking,
  { provider, connection, sounds }: WebhookConnection,
  { id, events, address, plain }: Pick<Where, 'id'> & Pick<Outcome, 'events' | 'address' | 'plain'>,
): Promise<Outcome> {
  const told = events.flatMap((event) => event.told);
  const announced = events.flatMap((event) => event.recordings);
  const awaited = sounds !== null ? events.flatMap((event) => event.awaited) : [];
  const isFirst = announced.length > 0 || awaited.length > 0;
  const before = isFirst ? () => beforeFacts(taking, announced, awaited) : null;
  const durable = await taking.publisher.publish(told, before);
  if (!durable.ok) {
    return { ...overloaded(durable.reason), events, address, plain };
  }
  const answer = provider.answer?.({ delivery: id, events }, connection) ?? PLAIN_ANSWER;
  const reason = events.find(({ ignored, told: own }) => ignored !== null && (own.length > 0 || told.length === 0));
  return { verdict: 'verified', reason: reason?.ignored ?? null, address, events, plain, answer };
}

/** Notes which sounds are to be fetched, and which are awaited; those that came before are told now. */
async function beforeFacts(
  { accountId, jobs, sentSounds }: Taking,
  announced: readonly AnnouncedRecording[],
  awaited: readonly AwaitedSound[],
): Promise<readonly Told[]> {
  if (announced.length > 0) {
    await jobs.add(announced);
  }
  const sent = awaited.length === 0 ? [] : await sentSounds.await(awaited);
  return awaited.flatMap((one) =>
    sent.filter(({ recordingId }) => recordingId === one.recordingId).map((sound) => soundFact(accountId, one, sound)),
  );
}
