import {
  type ContactChanged,
  type ContactErasureRequest,
  type ContactFactResult,
  type ContactIdentity,
  type ContactMerge,
  type ContactReconsideration,
  type ContactState,
  type Effects,
  identityKeyOf,
} from '#libs/case-domain';

/** The rows of contacts that effects amount to, as they are after the last of them. */
export interface ContactRows {
  readonly toldContacts: readonly ContactState[];
  readonly changedContacts: readonly ContactState[];
  readonly addedIdentities: readonly ContactIdentity[];
  readonly changedIdentities: readonly ContactIdentity[];
  readonly removedIdentities: readonly Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>[];
  readonly contactMerges: readonly ContactMerge[];
  readonly contactErasures: readonly ContactErasureRequest[];
  readonly reconsiderations: readonly ContactReconsideration[];
  readonly contactFacts: readonly ContactFactResult[];
  /** Contacts of which the latest state is told. */
  readonly announcedContacts: readonly string[];
}

/** Collects the rows of contacts in the order of the decisions. */
export class ContactsPlan {
  private readonly states = new Map<string, ContactState>();
  private readonly fresh = new Set<string>();
  private readonly identities = new Map<string, ContactIdentity>();
  private readonly added = new Set<string>();
  private readonly removed = new Map<string, Pick<ContactIdentity, 'contactId' | 'kind' | 'value'>>();
  private readonly merges = new Map<string, ContactMerge>();
  private readonly erasures: ContactErasureRequest[] = [];
  private readonly reconsiderations = new Map<string, ContactReconsideration>();
  private readonly facts: ContactFactResult[] = [];
  private readonly announced = new Set<string>();

  add({ contacts, contactChanges, contactMerges, contactErasures, reconsiderations }: Effects): void {
    contacts.forEach(({ id, kind }) => (kind === 'anonymous' ? null : this.announced.add(id)));
    contactChanges.forEach((changed) => this.addChange(changed));
    contactMerges.forEach((merge) => this.merges.set(merge.id, merge));
    this.erasures.push(...contactErasures);
    reconsiderations.forEach((one) => this.reconsiderations.set(`${one.because} ${one.contactId}`, one));
  }

  addFact(result: ContactFactResult): void {
    this.facts.push(result);
  }

  rows(): ContactRows {
    const states = [...this.states.values()];
    const identities = [...this.identities.values()];
    return {
      toldContacts: states.filter(({ id }) => this.fresh.has(id)),
      changedContacts: states.filter(({ id }) => !this.fresh.has(id)),
      addedIdentities: identities.filter((one) => this.added.has(identityKeyOf(one))),
      changedIdentities: identities.filter((one) => !this.added.has(identityKeyOf(one))),
      removedIdentities: [...this.removed.values()],
      contactMerges: [...this.merges.values()],
      contactErasures: this.erasures,
      reconsiderations: [...this.reconsiderations.values()],
      contactFacts: this.facts,
      announcedContacts: [...this.announced],
    };
  }

  private addChange({ state, before, identities, added, removed }: ContactChanged): void {
    const { id: contactId, kind, version } = state;
    this.states.set(contactId, state);
    if (before === 0) {
      this.fresh.add(contactId);
    }
    // One that was taken away by the same plan is still there.
    added.forEach((key) => (this.removed.has(key) ? null : this.added.add(key)));
    for (const identity of identities) {
      this.identities.set(identityKeyOf(identity), identity);
      this.removed.delete(identityKeyOf(identity));
    }
    for (const name of removed) {
      const key = identityKeyOf({ contactId, ...name });
      this.identities.delete(key);
      // One that was made by the same plan is in no table yet.
      if (!this.added.delete(key)) {
        this.removed.set(key, { contactId, ...name });
      }
    }
    if (version > before && kind !== 'anonymous') {
      this.announced.add(contactId);
    }
  }
}
