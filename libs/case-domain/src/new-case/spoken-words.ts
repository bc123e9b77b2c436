import { internationalSpelling, type Interaction, type Party } from '#libs/interaction';
import { localTime } from '../case/local-time.js';
import type { RequesterMatch } from '../case/case-state.js';
import type { CallTexts } from '../decision/call-rules.js';
import type { Snapshot } from '../decision/snapshot.js';
import { customerOf } from '../people/customer.js';
import { endpointOf } from '../people/endpoint.js';
import { nameOfBearer } from '../people/identified.js';

type Kind = Exclude<keyof CallTexts, 'withheld'>;

/** In the account's own words where it has some. */
const SUBJECTS: Readonly<Record<Kind, string>> = {
  answered: 'Call from {who}, {time}',
  missed: 'Missed call from {who}, {time}',
  abandoned: 'Abandoned call from {who}, {time}',
  voicemail: 'Voicemail from {who}, {time}',
  outbound: 'Call to {who}, {time}',
};
/** How a requester was found whose contact was there before. */
const KNOWN: ReadonlySet<RequesterMatch['method']> = new Set(['R1', 'R3', 'R4', 'R5', 'phone_variant']);
/** Of a contact's name; numbers and times have to fit beside it. */
const MOST_NAME = 80;

/** Subject of the case of a call: what came of it, who it was with, and when, by the clocks of the account. */
export function spokenSubject(interaction: Interaction, match: RequesterMatch, snapshot: Snapshot): string {
  const { texts } = snapshot.account.calls;
  const kind = kindOf(interaction);
  const values: Readonly<Record<string, string>> = {
    '{who}': whoIn(interaction, match, snapshot),
    '{time}': localTime(snapshot.account.timeZone, interaction.occurredAt),
  };
  return (texts[kind] ?? SUBJECTS[kind]).replace(/\{who\}|\{time\}/g, (name) => values[name] ?? name);
}

/** The line that it came in by, and what the call says of itself. */
export function spokenText(interaction: Interaction, snapshot: Snapshot): string {
  const { endpoint, content } = interaction;
  const address = endpoint && endpoint.address !== endpoint.connection ? internationalSpelling(endpoint.address) : null;
  const label = endpointOf(interaction, snapshot)?.label ?? null;
  const line = label === null ? address : address === null ? label : `${label} (${address})`;
  return [...(line === null ? [] : [`Line: ${line}`]), content.text].filter((part) => part !== '').join('\n');
}

function kindOf({ direction, outcome }: Interaction): Kind {
  if (direction === 'outbound') {
    return 'outbound';
  }
  switch (outcome) {
    case 'missed':
    case 'unknown':
      return 'missed';
    case 'abandoned':
      return 'abandoned';
    case 'voicemail_left':
      return 'voicemail';
    default:
      return 'answered';
  }
}

/** The contact's name and number where one contact was found, else the number, else that it is hidden. */
function whoIn(interaction: Interaction, match: RequesterMatch, snapshot: Snapshot): string {
  const customer = customerOf(interaction);
  const number = customer === null ? null : numberOf(customer);
  const name = isOneContact(match) ? nameOfBearer(interaction, snapshot) : null;
  const short = name === null || name === customer?.value ? null : [...name].slice(0, MOST_NAME).join('');
  if (short === null) {
    return number ?? snapshot.account.calls.texts.withheld ?? 'withheld number';
  }
  return number === null ? short : `${short} (${number})`;
}

function isOneContact({ method, confidence }: RequesterMatch): boolean {
  return KNOWN.has(method) && confidence !== 'ambiguous';
}

function numberOf({ kind, value }: Party): string | null {
  return kind === 'phone' ? internationalSpelling(value) : null;
}
