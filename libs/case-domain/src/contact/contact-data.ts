import type { ContactState } from './contact-state.js';
import type { PersonIdentity } from './person.js';

/** A contact with its identities, and with the ids of those that live on in it. */
export interface ShownContact {
  readonly state: ContactState;
  readonly identities: readonly PersonIdentity[];
  readonly mergedFrom: readonly string[];
}

/** A contact as the topic `contact.state.v1` shows it; what was only told and is not shown is on no topic. */
export function contactStateData({ state, identities, mergedFrom }: ShownContact): Record<string, unknown> {
  return {
    id: state.id,
    kind: state.kind,
    name: state.name,
    company: state.company,
    locale: state.locale,
    time_zone: state.timeZone,
    url: state.url,
    blocked: state.blocked,
    custom_fields: state.customFields,
    identities: identities.map(({ kind, value, label, primary, verifiedAt, shared, former, firstSeen }) => ({
      kind,
      value,
      label,
      primary,
      verified: verifiedAt !== null,
      verified_at: verifiedAt,
      shared,
      former,
      first_seen_at: firstSeen,
    })),
    merged_into: state.mergedInto,
    merged_from: mergedFrom,
    version: state.version,
    created_at: state.createdAt,
    updated_at: state.updatedAt,
  };
}
