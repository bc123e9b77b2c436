import { createHash } from 'node:crypto';
import { externalIdAt, interactionId } from '#libs/interaction';
import { pause, type Configuration, type Connection as Installation } from '#libs/runtime';
import { DEFAULT_CAST, lifecycleNamed, playedCall, type PlayedCall, type Provider, PROVIDERS } from '#libs/telephony';
import { calledAddress, type Connection } from '#libs/webhook';

/** The line and the callers of the sample day. */
const LINE = '+351210000000';

/** What happens on the telephone on the sample day. */
const CALLS = [
  { provider: 'generic', scenario: 'answered', caller: '+351910000001', callerName: 'Maria Silva' },
  { provider: 'twilio', scenario: 'missed-voicemail', caller: '+351910000002', callerName: 'Nuno Reis' },
] as const;

/** The text of a message comes later than the message. Milliseconds. */
const TEXT_IS_LATE = 500;

/** Secrets of the connections `generic/sample` and `twilio/sample` and of the call bar: always the same for one data folder, and nobody else's. */
export interface SampleSecrets {
  readonly generic: string;
  readonly twilio: string;
  readonly callbar: string;
}

export function sampleSecretsOf({ caseTokenSecret }: { readonly caseTokenSecret: string }): SampleSecrets {
  const digest = (name: string) => createHash('sha256').update(`sample ${name} ${caseTokenSecret}`).digest();
  return {
    generic: `whsec_${digest('generic').toString('base64')}`,
    twilio: digest('twilio').toString('hex').slice(0, 32),
    callbar: digest('callbar').toString('hex'),
  };
}

/** Under these names the configuration of the sample day asks for them. */
export function sampleEnvironment({ generic, twilio, callbar }: SampleSecrets): Readonly<Record<string, string>> {
  return { SAMPLE_GENERIC_SECRET: generic, SAMPLE_TWILIO_TOKEN: twilio, SAMPLE_CALLBAR_SECRET: callbar };
}

/**
 * Sends the calls of the sample day as their telephone systems would, signed; those that were sent on an earlier start are left
 * alone. Returns how many were sent. @throws when one is not taken.
 */
export async function sendSampleCalls(
  installation: Pick<Installation, 'httpUrl' | 'apiKey'>,
  { telephony, account }: Pick<Configuration, 'telephony' | 'account'>,
): Promise<number> {
  let sent = 0;
  for (const { provider: name, scenario, caller, callerName } of CALLS) {
    const provider = PROVIDERS.find((one) => one.name === name)!;
    const entry = telephony.find((one) => one.provider === name && one.key === 'sample');
    if (entry === undefined) {
      continue;
    }
    const settings: object = Object.assign(new provider.settings(), entry);
    const connection: Connection = { provider: name, key: 'sample', publicUrl: entry.publicUrl, settings };
    const call = played(scenario, { caller, callerName });
    const externalId = externalIdAt(`${name}/sample`, callIdOf(name, call));
    if (!(await isKnown(installation, interactionId(account.id, 'call', externalId)))) {
      await sendCall(installation.httpUrl, provider, connection, call);
      sent += 1;
    }
  }
  return sent;
}

/** The call that an agent answers, by whichever name it is asked for. */
export function answeredSampleCall(accountId: string) {
  const [{ provider, scenario, caller, callerName }] = CALLS;
  const connection = `${provider}/sample`;
  const call_id = callIdOf(provider, played(scenario, { caller, callerName }));
  return { connection, call_id, interactionId: interactionId(accountId, 'call', externalIdAt(connection, call_id)) };
}

function played(scenario: string, who: { readonly caller: string; readonly callerName: string }): PlayedCall {
  const cast = { ...DEFAULT_CAST, line: LINE, ...who };
  return playedCall(lifecycleNamed(scenario)!, { seed: 'sample day', now: Date.now(), cast });
}

/** As the two vendors name it. */
function callIdOf(provider: 'generic' | 'twilio', call: PlayedCall): string {
  return provider === 'generic' ? `c-${call.nameOf('call')}` : `CA${call.nameOf('call', 32)}`;
}

async function isKnown({ httpUrl, apiKey }: Pick<Installation, 'httpUrl' | 'apiKey'>, id: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${apiKey ?? ''}` };
  return (await fetch(`${httpUrl}/v1/interactions/${id}`, { headers })).status === 200;
}

async function sendCall(httpUrl: string, provider: Provider, connection: Connection, call: PlayedCall): Promise<void> {
  const told = provider.vendor.tell(call, connection);
  if (typeof told === 'string') {
    throw new Error(`${provider.name} cannot tell ${told}.`);
  }
  for (const [index, request] of told.entries()) {
    await pause(index === told.length - 1 ? TEXT_IS_LATE : 0);
    const { target, headers, body } = provider.vendor.sign(request, connection, Date.now());
    const answer = await fetch(calledAddress(httpUrl, target), { method: 'POST', headers, body });
    if (!answer.ok) {
      throw new Error(`A webhook of ${provider.name}/sample was answered ${answer.status}: ${await answer.text()}`);
    }
  }
}
