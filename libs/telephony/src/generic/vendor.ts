import { type Connection, signatureHeadersOf, SigningSettings } from '#libs/webhook';
import type { AgentPart, Step } from '../lifecycle/lifecycle.js';
import { instantIn, type PlayedCall } from '../lifecycle/played-call.js';
import { connectionPath, type SignedRequest, type ToldRequest, type Vendor } from '../vendor.js';
import type { CallType, GenericAgent, GenericEvent, GenericRecording, VoicemailType } from './event.js';

/** A telephone system that speaks our own webhook: one request for each event. */
export const genericVendor: Vendor<SigningSettings> = { tell, sign, settingsWith };

function tell(call: PlayedCall): readonly ToldRequest[] {
  const { steps } = call.lifecycle;
  return steps.map((step, index) => {
    const id = `${call.nameOf('event')}-${index}`;
    const event = { id, occurred_at: instantIn(call, step.at), call_id: callId(call), ...said(step, call) };
    return { path: '', contentType: 'application/json', body: JSON.stringify(event), id };
  });
}

type Said = { readonly type: CallType | VoicemailType } & Partial<Omit<GenericEvent, 'id' | 'type' | 'occurred_at'>>;

function said(step: Step, call: PlayedCall): Said {
  switch (step.what) {
    case 'started':
      return { type: 'call.started', ...partiesOf(call) };
    case 'queued':
      return { type: 'call.queued', queue: 'Support' };
    case 'ringing':
      return step.agents.length === 1
        ? { type: 'call.ringing', ...onLeg(call, step.agents[0]!) }
        : { type: 'call.ringing', agents: step.agents.map((part) => agentOf(call, part)) };
    case 'answered_by_machine':
      return { type: 'call.answered', by: 'system' };
    case 'answered':
      return { type: 'call.answered', by: 'agent', ...onLeg(call, step.agent) };
    case 'held':
      return { type: 'call.held', ...onLeg(call, step.agent) };
    case 'resumed':
      return { type: 'call.resumed', ...onLeg(call, step.agent) };
    case 'transferred':
      return {
        type: 'call.transferred',
        ...onLeg(call, step.from),
        transfer: { kind: step.kind, agent: agentOf(call, step.to) },
      };
    case 'leg_ended':
      // Our own webhook has no word for a phone that stops ringing because another one was taken.
      return {
        type: 'leg.ended',
        ...onLeg(call, step.agent),
        reason: step.reason === 'answered_elsewhere' ? 'cancelled' : step.reason,
      };
    case 'ended':
      return { type: 'call.ended', ended_by: step.by, reason: step.reason };
    default:
      return soundSaid(step, call);
  }
}

type SoundStep = Extract<Step, { what: 'recorded' | 'message_left' | 'nothing_said' | 'transcribed' }>;

function soundSaid(step: SoundStep, call: PlayedCall): Said {
  const voicemail = { id: call.nameOf('voicemail'), mailbox: { id: '2001', label: 'Support' } };
  const recordingId = call.nameOf('recording');
  switch (step.what) {
    case 'recorded':
      return { type: 'call.recording', recording: recordingOf(call, step.seconds) };
    case 'message_left': {
      const duration_ms = step.seconds * 1000;
      const recording = recordingOf(call, step.seconds);
      return { type: 'voicemail.left', ...partiesOf(call), voicemail: { ...voicemail, duration_ms }, recording };
    }
    case 'nothing_said':
      return {
        type: 'voicemail.left',
        ...partiesOf(call),
        voicemail,
        recording: { id: recordingId, status: 'absent' },
      };
    case 'transcribed': {
      const { text } = step;
      const transcript = { recording_id: recordingId, language: 'en', text, status: 'completed' } as const;
      return step.of === 'call'
        ? { type: 'call.transcript', transcript }
        : { type: 'voicemail.transcript', voicemail: { id: voicemail.id }, transcript };
    }
  }
}

function callId(call: PlayedCall): string {
  return `c-${call.nameOf('call')}`;
}

function partiesOf(call: PlayedCall): Pick<GenericEvent, 'direction' | 'from' | 'to' | 'agent'> {
  const { caller, callerName, line, lifecycle } = call;
  const { direction, withheld = false } = lifecycle;
  const customer = withheld ? { withheld } : { number: caller, name: callerName };
  switch (direction) {
    case 'inbound':
      return { direction, from: customer, to: line };
    case 'outbound':
      return { direction, from: line, to: customer, agent: agentOf(call, 'first') };
    case 'internal':
      return { direction, from: { extension: '201' }, to: { extension: '202' }, agent: agentOf(call, 'first') };
  }
}

function agentOf({ agents }: PlayedCall, part: AgentPart): GenericAgent {
  return { email: agents[part].email, name: agents[part].name };
}

function onLeg(call: PlayedCall, part: AgentPart): { readonly leg_id: string; readonly agent: GenericAgent } {
  return { leg_id: `l-${call.nameOf(part)}`, agent: agentOf(call, part) };
}

function recordingOf(call: PlayedCall, seconds: number): GenericRecording {
  const id = call.nameOf('recording');
  const url = `https://pbx.acme.example/recordings/${id}.wav`;
  return { id, url, media_type: 'audio/wav', duration_ms: seconds * 1000, status: 'available' };
}

function sign(request: ToldRequest, connection: Connection<SigningSettings>, at: number): SignedRequest {
  const { path, contentType, body } = request;
  const signed = signatureHeadersOf(request, connection.settings, String(Math.floor(at / 1000)));
  return { target: connectionPath(connection, path), headers: { 'content-type': contentType, ...signed }, body };
}

function settingsWith(secret: string): SigningSettings {
  return Object.assign(new SigningSettings(), { secret });
}
