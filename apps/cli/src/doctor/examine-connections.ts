import type { Configuration, ContactsConfiguration, FormConfiguration, TelephonyConfiguration } from '#libs/runtime';
import { DIRECTORIES } from '#libs/directories';
import { PROVIDERS } from '#libs/telephony';
import { doubtful, fine, type Finding } from './finding.js';

/** The addresses that are entered at each telephone system, directory and page; the secret in one is named and not shown. */
export function examineConnections({
  telephony,
  contacts,
  forms,
}: Pick<Configuration, 'telephony' | 'contacts' | 'forms'>): Finding[] {
  return [
    ...telephony.map((entry) => findingOn(`webhook ${entry.provider}/${entry.key}`, addressesOf(entry), entry)),
    ...contacts.map((entry) => findingOn(`webhook contacts/${entry.key}`, addressOfDirectory(entry), entry)),
    ...forms.map((entry) => findingOn(`form ${entry.key}`, addressOfForm(entry), entry)),
  ];
}

function findingOn(what: string, addresses: string, { publicUrl }: { readonly publicUrl: string | null }): Finding {
  return publicUrl === null
    ? doubtful(what, `${addresses}, behind the https address that leads here: set publicUrl to see it whole`)
    : fine(what, `enter ${addresses}`);
}

function addressesOf({ provider, key, publicUrl }: TelephonyConfiguration): string {
  const signsNothing = PROVIDERS.find(({ name }) => name === provider)?.secretInAddress === true;
  const own = `${bare(publicUrl)}/webhooks/${provider}/${key}`;
  const secret = signsNothing ? '/SECRET' : '';
  return `${own}/calls${secret} for calls, ${own}/voicemails${secret} for voicemails`;
}

/** Senders of any JSON have it in the address only where nothing else proves them. */
function addressOfDirectory({ provider, key, publicUrl, ...own }: ContactsConfiguration): string {
  const mayHaveSecret = DIRECTORIES.find(({ name }) => name === provider)?.secretInAddress === true;
  const hasSecret = mayHaveSecret && (own['hmac'] ?? own['basic'] ?? null) === null;
  return `${bare(publicUrl)}/webhooks/contacts/${key}${hasSecret ? '/SECRET' : ''} at ${provider}`;
}

function addressOfForm({ key, publicUrl }: FormConfiguration): string {
  return `what \`casewright form-snippet ${key}\` prints; it sends to ${bare(publicUrl)}/forms/${key}`;
}

function bare(publicUrl: string | null): string {
  return (publicUrl ?? '').replace(/\/+$/, '');
}
