import type { Configuration, TelephonyConfiguration } from '#libs/runtime';
import { PROVIDERS } from '#libs/telephony';
import { doubtful, fine, type Finding } from './finding.js';

/** The addresses that are entered at each telephone system; the secret in one is named and not shown. */
export function examineConnections({ telephony }: Pick<Configuration, 'telephony'>): Finding[] {
  return telephony.map((connection) => {
    const what = `webhook ${connection.provider}/${connection.key}`;
    const addresses = addressesOf(connection);
    return connection.publicUrl === null
      ? doubtful(what, `${addresses}, behind the https address that leads here: set publicUrl to see it whole`)
      : fine(what, `enter ${addresses}`);
  });
}

function addressesOf({ provider, key, publicUrl }: TelephonyConfiguration): string {
  const signsNothing = PROVIDERS.find(({ name }) => name === provider)?.secretInAddress === true;
  const own = `${(publicUrl ?? '').replace(/\/+$/, '')}/webhooks/${provider}/${key}`;
  const secret = signsNothing ? '/SECRET' : '';
  return `${own}/calls${secret} for calls, ${own}/voicemails${secret} for voicemails`;
}
