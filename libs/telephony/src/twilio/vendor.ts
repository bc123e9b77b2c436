import { createHash } from 'node:crypto';
import { calledAddress, type Connection, NO_FIELDS, readForm } from '#libs/webhook';
import { answersOf, type AgentPart, type Step } from '../lifecycle/lifecycle.js';
import { timeOf, type PlayedCall } from '../lifecycle/played-call.js';
import { connectionPath, formBody, type SignedRequest, type ToldRequest, type Vendor } from '../vendor.js';
import { TwilioSettings } from './settings.js';
import { twilioSignature } from './signature.js';

/**
 * Twilio Voice: a TwiML request when a call comes in, callbacks of the legs that are dialled for it and of the call, of
 * recordings and of their texts, all of them forms.
 */
export const twilioVendor: Vendor<TwilioSettings> = { tell, sign, settingsWith };

type Fields = Readonly<Record<string, string | null>>;

function tell(call: PlayedCall, { settings }: Connection<TwilioSettings>): readonly ToldRequest[] | string {
  const { steps, direction } = call.lifecycle;
  if (direction === 'internal') {
    return 'a call between two agents';
  }
  if (steps.some((step) => step.what === 'transcribed' && step.of === 'call')) {
    return 'a text of a recorded call: only messages are transcribed';
  }
  return steps
    .flatMap((step) => fieldsOf(step, call, settings.accountSid))
    .map((fields, index) => ({
      path: '',
      contentType: 'application/x-www-form-urlencoded',
      body: formBody({ AccountSid: settings.accountSid, ApiVersion: '2010-04-01', ...fields }),
      id: `${call.nameOf('event')}-${index}`,
    }));
}

function fieldsOf(step: Step, call: PlayedCall, accountSid: string): readonly Fields[] {
  const parent = ofTheCall(call);
  switch (step.what) {
    case 'started':
      return [{ ...parent, CallStatus: 'ringing' }];
    case 'queued':
      return [{ ...parent, CallStatus: 'in-progress', QueueSid: sid(call, 'QU', 'queue'), QueuePosition: '1' }];
    case 'answered_by_machine':
      return [{ ...parent, CallStatus: 'in-progress' }];
    case 'ringing':
      return step.agents.map((part) => ofALeg(call, part, { at: step.at, status: 'ringing' }));
    case 'answered':
      return [ofALeg(call, step.agent, { at: step.at, status: 'in-progress' })];
    case 'leg_ended':
      return [ofALeg(call, step.agent, { at: step.at, status: LEG_ENDS[step.reason] })];
    case 'ended':
      return [...legsThatEnd(call, step), ofTheEnd(call, step)];
    case 'recorded':
      return [ofARecording(call, step, { accountSid, source: 'DialVerb' })];
    case 'message_left':
      return [ofARecording(call, step, { accountSid, source: 'RecordVerb' })];
    case 'nothing_said':
      return [
        {
          CallSid: callSid(call),
          RecordingSid: recordingSid(call),
          RecordingStatus: 'absent',
          RecordingSource: 'RecordVerb',
          ErrorCode: '16102',
        },
      ];
    case 'transcribed':
      return [ofAText(call, step.text, accountSid)];
    // Who is put aside or handed on is known by the legs alone.
    case 'held':
    case 'resumed':
    case 'transferred':
      return [];
  }
}

const LEG_ENDS = { completed: 'completed', no_answer: 'no-answer', answered_elsewhere: 'canceled' } as const;

function ofTheCall(call: PlayedCall): Fields {
  const { caller, callerName, line, lifecycle, agents } = call;
  return lifecycle.direction === 'outbound'
    ? { CallSid: callSid(call), Direction: 'inbound', From: clientOf(agents.first.email), To: caller }
    : {
        CallSid: callSid(call),
        Direction: 'inbound',
        // The digits that spell ANONYMOUS.
        From: lifecycle.withheld ? '+266696687' : caller,
        To: line,
        CallerName: lifecycle.withheld ? '' : callerName.toUpperCase(),
      };
}

interface LegState {
  /** Seconds from the beginning of the call. */
  readonly at: number;
  readonly status: 'ringing' | 'in-progress' | 'completed' | 'no-answer' | 'canceled';
}

const LEG_SEQUENCE = { ringing: '1', 'in-progress': '2', completed: '3', 'no-answer': '3', canceled: '3' } as const;

/** A status callback of a leg: of the agent that is dialled, or of the customer whom an agent calls. */
function ofALeg(call: PlayedCall, part: AgentPart, { at, status }: LegState): Fields {
  const { lifecycle, agents, caller, line } = call;
  const isOutbound = lifecycle.direction === 'outbound';
  return {
    CallSid: sid(call, 'CA', part),
    ParentCallSid: callSid(call),
    CallStatus: status,
    Direction: 'outbound-dial',
    From: isOutbound ? line : (ofTheCall(call)['From'] ?? null),
    To: isOutbound ? caller : clientOf(agents[part].email),
    CallbackSource: 'call-progress-events',
    Timestamp: mailDateOf(call, at),
    SequenceNumber: LEG_SEQUENCE[status],
    CallDuration: status === 'completed' ? String(at - (answeredAt(call, part) ?? at)) : null,
  };
}

/** Of everybody who still talks when the call ends. */
function legsThatEnd(call: PlayedCall, { at }: Step): readonly Fields[] {
  return (['first', 'second'] as const)
    .filter((part) => answeredAt(call, part) !== null && !hasLeft(call, part))
    .map((part) => ofALeg(call, part, { at, status: 'completed' }));
}

function answeredAt({ lifecycle }: PlayedCall, part: AgentPart): number | null {
  return answersOf(lifecycle).find(({ agent }) => agent === part)?.at ?? null;
}

function hasLeft({ lifecycle }: PlayedCall, part: AgentPart): boolean {
  return lifecycle.steps.some((step) => step.what === 'leg_ended' && step.agent === part);
}

/** A caller who leaves a queue ends its `<Enqueue>`; everything else ends the call. */
function ofTheEnd(call: PlayedCall, { at, reason }: Extract<Step, { what: 'ended' }>): Fields {
  const isQueue = reason === 'cancelled' && call.lifecycle.steps.some(({ what }) => what === 'queued');
  const queue: Fields = isQueue
    ? { QueueSid: sid(call, 'QU', 'queue'), QueueResult: 'hangup', QueueTime: String(at) }
    : {};
  return {
    ...ofTheCall(call),
    CallStatus: CALL_ENDS[reason],
    ...queue,
    CallbackSource: 'call-progress-events',
    Timestamp: mailDateOf(call, at),
    SequenceNumber: '0',
    CallDuration: String(at),
  };
}

const CALL_ENDS = {
  completed: 'completed',
  no_answer: 'no-answer',
  busy: 'busy',
  cancelled: 'completed',
  voicemail: 'completed',
} as const;

function ofARecording(
  call: PlayedCall,
  { at, seconds }: { readonly at: number; readonly seconds: number },
  { accountSid, source }: { readonly accountSid: string; readonly source: string },
): Fields {
  return {
    CallSid: callSid(call),
    RecordingSid: recordingSid(call),
    RecordingStatus: 'completed',
    RecordingSource: source,
    RecordingDuration: String(seconds),
    RecordingChannels: '1',
    RecordingStartTime: mailDateOf(call, at - seconds),
    RecordingUrl: recordingUrl(call, accountSid),
  };
}

function ofAText(call: PlayedCall, text: string, accountSid: string): Fields {
  const transcriptionSid = sid(call, 'TR', 'text');
  return {
    ...ofTheCall(call),
    CallStatus: 'completed',
    RecordingSid: recordingSid(call),
    RecordingUrl: recordingUrl(call, accountSid),
    TranscriptionSid: transcriptionSid,
    TranscriptionStatus: 'completed',
    TranscriptionText: text,
    TranscriptionUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Transcriptions/${transcriptionSid}`,
  };
}

function sid(call: PlayedCall, prefix: string, thing: string): string {
  return prefix + call.nameOf(thing, 32);
}

function callSid(call: PlayedCall): string {
  return sid(call, 'CA', 'call');
}

function recordingSid(call: PlayedCall): string {
  return sid(call, 'RE', 'recording');
}

function recordingUrl(call: PlayedCall, accountSid: string): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid(call)}`;
}

/** Devices of Twilio Client are named by what stands before the `@`. */
function clientOf(email: string): string {
  return `client:${email.split('@', 1)[0]}`;
}

/** RFC 2822, as Twilio writes it: `Mon, 02 Mar 2026 10:15:04 +0000`. */
function mailDateOf(call: PlayedCall, at: number): string {
  return new Date(timeOf(call, at)).toUTCString().replace('GMT', '+0000');
}

function sign(request: ToldRequest, connection: Connection<TwilioSettings>): SignedRequest {
  const { publicUrl, settings } = connection;
  const target = connectionPath(connection, request.path);
  return signForTwilio(request, { target, publicUrl: publicUrl ?? '', authToken: settings.authToken });
}

/** HMAC-SHA1 over the address and, of a form, its fields; of any other body the address carries the hash. */
export function signForTwilio(
  { contentType, body }: Pick<ToldRequest, 'contentType' | 'body'>,
  to: { readonly target: string; readonly publicUrl: string; readonly authToken: string },
): SignedRequest {
  const isForm = contentType === 'application/x-www-form-urlencoded';
  const hash = createHash('sha256').update(body).digest('hex');
  const target = isForm ? to.target : `${to.target}${to.target.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
  const fields = isForm ? readForm(Buffer.from(body, 'utf8')) : NO_FIELDS;
  const signature = twilioSignature(to.authToken, calledAddress(to.publicUrl, target), fields);
  return { target, headers: { 'content-type': contentType, 'X-Twilio-Signature': signature }, body };
}

function settingsWith(authToken: string): TwilioSettings {
  return Object.assign(new TwilioSettings(), { authToken, accountSid: `AC${'0'.repeat(32)}` });
}
