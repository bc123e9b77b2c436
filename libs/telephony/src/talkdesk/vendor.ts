import type { Connection } from '#libs/webhook';
import { answersOf, type AgentPart, type Step, type StepName } from '../lifecycle/lifecycle.js';
import type { PlayedCall } from '../lifecycle/played-call.js';
import { connectionPath, type SignedRequest, type ToldRequest, type Vendor } from '../vendor.js';
import { TalkdeskSettings } from './settings.js';
import { filledTemplate } from './template.js';

/** A Talkdesk account whose triggers fill our template (field.md §3.1): when a call reaches it, rings at an agent, ends. */
export const talkdeskVendor: Vendor<TalkdeskSettings> = { tell, sign, settingsWith };

const UNTOLD: Partial<Record<StepName, string>> = {
  nothing_said: 'a mailbox in which nothing was said',
  transcribed: 'a text of a recording',
};

function tell(call: PlayedCall, { settings }: Connection<TalkdeskSettings>): readonly ToldRequest[] | string {
  const { steps, direction } = call.lifecycle;
  const untold = steps.flatMap(({ what }) => UNTOLD[what] ?? [])[0];
  if (untold !== undefined) {
    return untold;
  }
  if (direction === 'internal') {
    return 'a call between two agents';
  }
  if (steps.some((step) => step.what === 'ended' && step.reason === 'busy')) {
    return 'a line that is busy';
  }
  return steps
    .flatMap((step) => saidOf(step, call))
    .map((said, index) => ({
      path: '',
      contentType: 'application/json',
      body: JSON.stringify(filledTemplate({ ...always(call), ...said }, settings.bodySecret)),
      id: `${call.nameOf('event')}-${index}`,
    }));
}

type Said = Readonly<Record<string, string>>;

function always({ caller, line, lifecycle, nameOf }: PlayedCall): Said {
  return {
    call_id: nameOf('call', 24),
    interaction_id: nameOf('interaction', 32),
    account_id: 'acme',
    contact_phone_number: lifecycle.withheld ? 'anonymous' : caller,
    talkdesk_phone_number: line,
  };
}

function saidOf(step: Step, call: PlayedCall): readonly Said[] {
  const isOutbound = call.lifecycle.direction === 'outbound';
  switch (step.what) {
    case 'started':
      return [isOutbound ? { event: 'outboundCallStarts', ...agentSaid(call, 'first') } : REACHES];
    case 'ringing':
      // One agent is named, whoever else it rings at.
      return [{ event: 'inboundCallStarts', ...agentSaid(call, takerOf(call) ?? step.agents[0]!) }];
    case 'ended':
      return [endSaid(step.at, call)];
    default:
      return [];
  }
}

const REACHES: Said = { event: 'inboundCallReachesContactCenter' };

/** What lasted is told once, at the end, in seconds; and the recording with it. */
function endSaid(at: number, call: PlayedCall): Said {
  const { direction, steps } = call.lifecycle;
  const answeredAt = answersOf(call.lifecycle)[0]?.at ?? at;
  const last = lastTalker(call) ?? (direction === 'outbound' ? 'first' : null);
  const isMessage = steps.some(({ what }) => what === 'message_left');
  const hasSound = isMessage || steps.some(({ what }) => what === 'recorded');
  return {
    event: direction === 'outbound' ? 'outboundCallEnds' : 'inboundCallEnds',
    ...(last === null ? {} : agentSaid(call, last)),
    total_duration: String(at),
    duration: String(at - answeredAt),
    waiting_time: String(steps.some(({ what }) => what === 'queued') ? answeredAt : 0),
    ...(hasSound ? soundSaid(call, isMessage) : {}),
  };
}

function soundSaid({ nameOf }: PlayedCall, isMessage: boolean): Said {
  const recording_id = nameOf('recording');
  const recording_url = `https://api.talkdeskapp.com/recordings/${recording_id}/media`;
  return { recording_type: isMessage ? 'voicemail' : 'call', recording_id, recording_url };
}

function takerOf({ lifecycle }: PlayedCall): AgentPart | null {
  return answersOf(lifecycle)[0]?.agent ?? null;
}

function lastTalker({ lifecycle }: PlayedCall): AgentPart | null {
  return answersOf(lifecycle).at(-1)?.agent ?? null;
}

function agentSaid({ agents, nameOf }: PlayedCall, part: AgentPart): Said {
  return { agent_id: nameOf(part, 24), agent_name: agents[part].name, agent_email: agents[part].email };
}

/** Nothing is signed: the last segment of the address is a secret, and the filled template holds the other one. */
function sign(request: ToldRequest, connection: Connection<TalkdeskSettings>): SignedRequest {
  const { secret } = connection.settings;
  return {
    target: `${connectionPath(connection, request.path)}/${encodeURIComponent(secret)}`,
    headers: { 'content-type': request.contentType },
    body: request.body,
  };
}

function settingsWith(secret: string): TalkdeskSettings {
  return Object.assign(new TalkdeskSettings(), { secret });
}
