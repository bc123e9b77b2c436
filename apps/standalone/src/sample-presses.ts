import { CallBarTokens } from '#libs/channel-kit';
import type { Configuration, Connection as Installation } from '#libs/runtime';
import { answeredSampleCall } from './sample-calls.js';

/** Who answered the call. */
const AGENT = 'ana@acme.example';
const TOKEN_SECONDS = 600;

/** What is pressed while the call is wrapped up. The ids are kept, as a call bar keeps its own: pressed again, nothing changes. */
const PRESSES = [
  {
    event_id: '0199a3c2-6f5e-7c1d-9b7a-5a3d1e000001',
    action: 'note.save',
    text: 'Will be at home on Friday before noon; wants to be called first.',
  },
  {
    event_id: '0199a3c2-6f5e-7c1d-9b7a-5a3d1e000002',
    action: 'disposition.set',
    code: 'delivery-date',
    label: 'Delivery date agreed',
  },
] as const;

/** What an agent said of the call, as it stands in the call's case. */
export interface SampleNotes {
  readonly caseNumber: number;
  readonly subject: string;
  readonly notes: readonly string[];
}

interface Pressed {
  readonly state: string;
  readonly reason?: string;
}

/**
 * Presses what an agent would in a call bar, with a token as `casewright callbar token` makes it; what was pressed on an
 * earlier start is left alone. Null where the account has no call bar, or no such agent. @throws when something takes no effect.
 */
export async function pressSampleNotes(
  { httpUrl, apiKey }: Pick<Installation, 'httpUrl' | 'apiKey'>,
  { callbar, telephony, agents, account }: Pick<Configuration, 'callbar' | 'telephony' | 'agents' | 'account'>,
): Promise<SampleNotes | null> {
  const issued = await new CallBarTokens(callbar).issue(AGENT, TOKEN_SECONDS);
  const call = answeredSampleCall(account.id);
  const isThere = telephony.some(({ provider, key }) => `${provider}/${key}` === call.connection);
  if (issued === null || !isThere || !agents.some(({ email }) => email === AGENT)) {
    return null;
  }
  const headers = { authorization: `Bearer ${issued.token}`, 'content-type': 'application/json', prefer: 'wait=5' };
  for (const press of PRESSES) {
    const known = await fetch(`${httpUrl}/callbar/v1/events/${press.event_id}`, { headers });
    if (known.status !== 200) {
      const { connection, call_id } = call;
      const body = { ...press, occurred_at: new Date().toISOString(), call: { connection, call_id } };
      await pressed(
        await fetch(`${httpUrl}/callbar/v1/events`, { method: 'POST', headers, body: JSON.stringify(body) }),
      );
    }
  }
  return notesOf(call.interactionId, httpUrl, { authorization: `Bearer ${apiKey ?? ''}` });
}

async function pressed(answer: Response): Promise<void> {
  const { state, reason = '' } = answer.ok
    ? ((await answer.json()) as Pressed)
    : { state: `answered ${answer.status}` };
  if (state !== 'applied') {
    throw new Error(`What the call bar of ${AGENT} said took no effect: ${state} ${reason}`);
  }
}

async function notesOf(
  interactionId: string,
  httpUrl: string,
  headers: { readonly authorization: string },
): Promise<SampleNotes | null> {
  const read = async <Body>(path: string): Promise<Body> => {
    const answer = await fetch(`${httpUrl}/v1/${path}`, { headers });
    return (await answer.json()) as Body;
  };
  const { case: ofCall } = await read<{ case: { id: string } | null }>(`interactions/${interactionId}`);
  if (ofCall === null) {
    return null;
  }
  const { number, subject } = await read<{ number: number; subject: string }>(`cases/${ofCall.id}`);
  const { data } = await read<{ data: { body_text: string }[] }>(`cases/${ofCall.id}/comments`);
  return { caseNumber: number, subject, notes: data.map(({ body_text: text }) => text) };
}
