import type { Connection } from '#libs/webhook';
import type { Ending, Step, StepName } from '../lifecycle/lifecycle.js';
import type { PlayedCall } from '../lifecycle/played-call.js';
import { connectionPath, type SignedRequest, type ToldRequest, type Vendor } from '../vendor.js';
import { ZammadSettings } from './settings.js';

/** A telephone system that speaks Zammad's generic CTI (docs.zammad.org, api/generic-cti): three events, no times, no ids. */
export const zammadVendor: Vendor<ZammadSettings> = { tell, sign, settingsWith };

/** What none of the three events can say. Phones that ring, are put aside or hang up go without a word. */
const UNTOLD: Partial<Record<StepName, string>> = {
  recorded: 'a recording',
  message_left: 'a voicemail: such systems send it by mail',
  nothing_said: 'a mailbox in which nothing was said',
  transcribed: 'a text of a recording',
};

const CAUSES: Readonly<Record<Ending, string>> = {
  completed: 'normalClearing',
  no_answer: 'noAnswer',
  busy: 'busy',
  cancelled: 'cancel',
  voicemail: 'normalClearing',
};

function tell(call: PlayedCall): readonly ToldRequest[] | string {
  const { steps, direction } = call.lifecycle;
  const untold = steps.flatMap(({ what }) => UNTOLD[what] ?? [])[0];
  if (untold !== undefined || direction === 'internal') {
    return untold ?? 'a call between two agents';
  }
  return steps.flatMap((step) => eventsOf(step, call)).map((event, index) => toldAs(call, event, index));
}

type Event = Readonly<Record<string, string | readonly string[]>>;

function eventsOf(step: Step, call: PlayedCall): readonly Event[] {
  const callId = idOf(call, step);
  switch (step.what) {
    case 'started':
      return [{ event: 'newCall', callId, ...whoRings(call), ...queueOf(call) }];
    case 'answered':
      return [{ event: 'answer', callId, ...answeringOf(call, step.agent) }];
    case 'transferred':
      // What goes on is a call of its own: nothing says that it is the same.
      return [
        { event: 'hangup', callId, ...answeringOf(call, step.from), cause: 'forwarded' },
        { event: 'newCall', callId: secondId(call), user: call.agents[step.to].name },
      ];
    case 'ended':
      return [{ event: 'hangup', callId, cause: CAUSES[step.reason] }];
    default:
      return [];
  }
}

function toldAs(call: PlayedCall, event: Event, index: number): ToldRequest {
  const { caller, line, lifecycle } = call;
  const customer = lifecycle.withheld ? 'anonymous' : digitsOf(caller);
  const ours = digitsOf(line);
  const parties =
    lifecycle.direction === 'outbound'
      ? { from: ours, to: customer, direction: 'out' }
      : { from: customer, to: ours, direction: 'in' };
  const body = JSON.stringify({ ...event, ...parties });
  return { path: '', contentType: 'application/json', body, id: `${call.nameOf('event')}-${index}` };
}

/** International without plus. */
function digitsOf(number: string): string {
  return number.replace(/^\+/, '');
}

function idOf(call: PlayedCall, { at, what }: Step): string {
  const handedOn = call.lifecycle.steps.find((step) => step.what === 'transferred')?.at ?? Infinity;
  return at > handedOn || (at === handedOn && what === 'answered') ? secondId(call) : `c-${call.nameOf('call')}`;
}

function secondId(call: PlayedCall): string {
  return `c-${call.nameOf('second call')}`;
}

function whoRings({ lifecycle, agents }: PlayedCall): Event {
  const ringing = lifecycle.steps.find((step) => step.what === 'ringing');
  const names = (ringing?.agents ?? (lifecycle.direction === 'outbound' ? (['first'] as const) : [])).map(
    (part) => agents[part].name,
  );
  return names.length === 0 ? {} : { user: names.length === 1 ? names[0]! : names };
}

function queueOf({ lifecycle }: PlayedCall): Event {
  return lifecycle.steps.some(({ what }) => what === 'queued') ? { queue: 'Support' } : {};
}

function answeringOf({ agents }: PlayedCall, part: 'first' | 'second'): Event {
  return { user: agents[part].name, answeringNumber: agents[part].email };
}

/** Nothing is signed: the secret is the last segment of the address. */
function sign(request: ToldRequest, connection: Connection<ZammadSettings>): SignedRequest {
  const { secret } = connection.settings;
  return {
    target: `${connectionPath(connection, request.path)}/${encodeURIComponent(secret)}`,
    headers: { 'content-type': request.contentType },
    body: request.body,
  };
}

function settingsWith(secret: string): ZammadSettings {
  return Object.assign(new ZammadSettings(), { secret });
}
