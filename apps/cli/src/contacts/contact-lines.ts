import { fitted, tableOf } from '../terminal.js';

/** The part of the API's answers that is shown. */
export interface ContactAnswer {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly blocked: boolean;
  readonly locale: string | null;
  readonly time_zone: string | null;
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly merged_from: readonly string[];
  readonly identities: readonly {
    readonly kind: string;
    readonly value: string;
    readonly label: string | null;
    readonly primary: boolean;
    readonly verified: boolean;
    readonly shared: boolean;
    readonly former: boolean;
  }[];
}

type Identity = ContactAnswer['identities'][number];

export const CONTACT_HEADING = ['ID', 'NAME', 'COMPANY', 'EMAIL', 'PHONE', ''];

export function contactRow({ id, name, company, identities, blocked, kind }: ContactAnswer): string[] {
  const first = (of: string): string => identities.find((one) => one.kind === of && !one.former)?.value ?? '';
  const marks = [...(blocked ? ['blocked'] : []), ...(kind === 'person' ? [] : [kind.replace('_', ' ')])];
  return [
    id,
    fitted(name ?? '', 40),
    fitted(company ?? '', 30),
    fitted(first('email'), 40),
    first('phone'),
    marks.join(', '),
  ];
}

/** Everything of one contact, a line for each thing. */
export function contactLines(contact: ContactAnswer): string[] {
  const { name, company, kind, blocked, locale, time_zone: zone, custom_fields: custom, merged_from: merged } = contact;
  const said: [string, string | null][] = [
    ['Id', contact.id],
    ['Name', name],
    ['Company', company],
    ['Kind', kind === 'person' ? null : kind],
    ['Blocked', blocked ? 'yes' : null],
    ['Language', locale],
    ['Time zone', zone],
    ...contact.identities.map((one): [string, string] => [LABELS[one.kind] ?? one.kind, identityLine(one)]),
    ...Object.entries(custom).map(([key, value]): [string, string] => [fitted(key, 30), fitted(String(value), 100)]),
    ['Merged from', merged.length === 0 ? null : merged.join(', ')],
  ];
  return tableOf(said.flatMap(([label, value]) => (value === null ? [] : [[label, value]])));
}

const LABELS: Readonly<Record<string, string>> = { email: 'Email', phone: 'Phone', external: 'Known as' };

function identityLine({ value, label, primary, verified, shared, former }: Identity): string {
  const marks = Object.entries({ primary, verified, shared, former }).flatMap(([mark, holds]) => (holds ? [mark] : []));
  const said = [...(label === null ? [] : [fitted(label, 30)]), ...marks];
  return said.length === 0 ? fitted(value, 100) : `${fitted(value, 100)} (${said.join(', ')})`;
}
