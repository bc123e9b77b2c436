import { contactStateData, identitiesOfPerson, type ShownContact } from '#libs/case-domain';
import {
  type FamilyIdentity,
  loadContactStates,
  loadFamilyIdentities,
  type OutboxRecord,
  type Queryable,
} from '#libs/case-store';
import { cloudEventHeaders, CONTACT_STATE_TOPIC, derivedEventId, sequenceOf } from '#libs/interaction';

/** The latest states of contacts on `contact.state.v1`, as their rows say it now; an end of those that are gone. */
export async function contactRecordsOf(
  client: Queryable,
  accountId: string,
  contactIds: readonly string[],
): Promise<OutboxRecord[]> {
  const ids = [...new Set(contactIds)];
  if (ids.length === 0) {
    return [];
  }
  const states = await loadContactStates(client, accountId, ids);
  const families = byPerson(await loadFamilyIdentities(client, accountId, ids));
  return states.map((state) => {
    const family = families.get(state.id) ?? [];
    const own = state.mergedInto === null ? family : [];
    const members = [...new Set(own.map(({ contactId }) => contactId))];
    return contactStateRecord(accountId, {
      state,
      identities: identitiesOfPerson(own.flatMap(({ identity }) => identity ?? [])),
      mergedFrom: members.filter((id) => id !== state.id),
    });
  });
}

function byPerson(rows: readonly FamilyIdentity[]): Map<string, FamilyIdentity[]> {
  const families = new Map<string, FamilyIdentity[]>();
  for (const row of rows) {
    const family = families.get(row.personId);
    if (family === undefined) {
      families.set(row.personId, [row]);
    } else {
      family.push(row);
    }
  }
  return families;
}

/** Null is the end of a contact: nothing of it is to stay on a compacted topic. */
function contactStateRecord(accountId: string, shown: ShownContact): OutboxRecord {
  const { id, version, updatedAt, deletedAt } = shown.state;
  return {
    topic: CONTACT_STATE_TOPIC,
    key: id,
    value: deletedAt === null ? JSON.stringify(contactStateData(shown)) : null,
    headers: cloudEventHeaders({
      id: derivedEventId(id, 'contact-state', version.toString()),
      source: `/accounts/${accountId}/case-service`,
      type: 'io.casewright.contact.state.v1',
      subject: `contacts/${id}`,
      time: updatedAt,
      dataSchema: '/schemas/contact-state.v1.json',
      accountId,
      partitionKey: id,
      sequence: sequenceOf(version),
    }),
  };
}
