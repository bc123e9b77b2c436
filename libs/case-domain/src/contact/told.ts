import {
  type ContactIdentity,
  type ContactState,
  type Told,
  type ToldOfContact,
  type ToldOfIdentity,
} from './contact-state.js';

/** The later of two words, whichever was heard first. */
export function laterOf<Value>(one: Told<Value> | undefined, other: Told<Value>): Told<Value> {
  return one !== undefined && (one.at > other.at || (one.at === other.at && one.by >= other.by)) ? one : other;
}

/** How a source's words about identities of a kind are named in `cleared`. */
function clearingKey(source: string, kind: string): string {
  return `${source} ${kind}`;
}

/** All that the source told of the kind before the instant is former. The last such instant counts. */
export function clearedAt(told: ToldOfContact, source: string, kind: string, at: string): ToldOfContact {
  const key = clearingKey(source, kind);
  const before = told.cleared[key] ?? '';
  return at > before ? { ...told, cleared: { ...told.cleared, [key]: at } } : told;
}

/** What a source says of an identity at one instant. */
export interface Telling {
  readonly at: string;
  readonly raw: string;
  readonly label: string | null;
  readonly primary: boolean;
  readonly verified: boolean;
}

/** What a source has told of an identity, with one more word. Words of one instant are put together, so that no order decides. */
export function toldAgain(before: ToldOfIdentity | undefined, telling: Telling): ToldOfIdentity {
  const { at, label, primary, verified } = telling;
  const verifiedAt = verified ? at : null;
  if (before === undefined || before.last === '') {
    return { first: at, last: at, label, primary, verifiedAt, goneAt: before?.goneAt ?? null };
  }
  const both = before.last === at;
  const isLater = at > before.last;
  return {
    first: earlierOf(before.first, at),
    last: isLater ? at : before.last,
    label: both ? greaterOf(before.label, label) : isLater ? label : before.label,
    primary: both ? before.primary || primary : isLater ? primary : before.primary,
    verifiedAt: verifiedAt === null ? before.verifiedAt : earlierOf(before.verifiedAt ?? at, at),
    goneAt: before.goneAt,
  };
}

/** The source takes it back at an instant. What was never told is remembered as gone all the same. */
export function toldGone(before: ToldOfIdentity | undefined, at: string): ToldOfIdentity {
  const known = before ?? { first: at, last: '', label: null, primary: false, verifiedAt: null, goneAt: null };
  return { ...known, goneAt: known.goneAt !== null && known.goneAt > at ? known.goneAt : at };
}

/** Whether any source has it among what it tells now; what was only heard stays until somebody tells otherwise. */
export function isCurrent({ told, kind }: Pick<ContactIdentity, 'told' | 'kind'>, contact: ToldOfContact): boolean {
  const sources = Object.entries(told);
  return (
    sources.length === 0 ||
    sources.some(([source, { last, goneAt }]) => {
      const cleared = contact.cleared[clearingKey(source, kind)] ?? '';
      return last !== '' && last >= cleared && (goneAt === null || last > goneAt);
    })
  );
}

/** What is shown of an identity, by what its sources say: the last of them names it, and each proof counts. */
export function shownIdentity(identity: ContactIdentity, { told }: Pick<ContactState, 'told'>): ContactIdentity {
  const sources = Object.entries(identity.told).sort(
    ([oneName, one], [otherName, other]) => compare(other.last, one.last) || compare(oneName, otherName),
  );
  if (sources.length === 0) {
    return identity;
  }
  const former = !isCurrent(identity, told);
  const label = sources.map(([, one]) => one.label).find((one) => one !== null) ?? null;
  const primary = !former && sources.some(([, one]) => one.primary);
  return {
    ...identity,
    former,
    label,
    primary,
    verifiedAt: firstProof(
      identity,
      sources.map(([, one]) => one),
    ),
  };
}

function firstProof({ verifiedAt }: ContactIdentity, told: readonly ToldOfIdentity[]): string | null {
  return told.reduce<string | null>(
    (first, one) => (one.verifiedAt === null ? first : earlierOf(first ?? one.verifiedAt, one.verifiedAt)),
    verifiedAt,
  );
}

function earlierOf(one: string, other: string): string {
  return one < other ? one : other;
}

function greaterOf(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
