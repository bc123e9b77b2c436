import type { ContactIdentity } from './contact-state.js';
import { compare } from './told.js';

/** An identity of a person, whichever of the contacts it was told of that live on in it. */
export interface PersonIdentity {
  readonly kind: ContactIdentity['kind'];
  readonly value: string;
  readonly raw: string;
  readonly label: string | null;
  readonly primary: boolean;
  readonly verifiedAt: string | null;
  readonly shared: boolean;
  readonly former: boolean;
  readonly firstSeen: string;
}

/**
 * The identities of a person, each once: of those that several of its contacts were told to have the one that is current,
 * with every proof. Addresses that somebody else has are not among them. In the order of kind, age and value.
 */
export function identitiesOfPerson(own: readonly ContactIdentity[]): PersonIdentity[] {
  const byName = new Map<string, PersonIdentity>();
  for (const identity of own.filter(({ held }) => held)) {
    const { kind, value, raw, label, primary, verifiedAt, shared, former, firstSeen } = identity;
    const one = { kind, value, raw, label, primary, verifiedAt, shared, former, firstSeen };
    const name = `${kind}:${value}`;
    const other = byName.get(name);
    byName.set(name, other === undefined ? one : both(other, one));
  }
  return [...byName.values()].sort(
    (one, other) =>
      compare(one.kind, other.kind) || compare(one.firstSeen, other.firstSeen) || compare(one.value, other.value),
  );
}

function both(one: PersonIdentity, other: PersonIdentity): PersonIdentity {
  const [first, second] = one.former && !other.former ? [other, one] : [one, other];
  const proofs = [one.verifiedAt, other.verifiedAt].flatMap((at) => at ?? []).sort(compare);
  return {
    ...first,
    label: first.label ?? second.label,
    primary: first.primary || (!second.former && second.primary),
    verifiedAt: proofs[0] ?? null,
    shared: first.shared || second.shared,
    firstSeen: one.firstSeen < other.firstSeen ? one.firstSeen : other.firstSeen,
  };
}
