// Contacts of which directories and people tell.
export { deleteIdentities, writeIdentities } from './sql/people/write-identities.js';
export { findKnownContactFacts, insertContactFacts } from './sql/people/contact-facts.js';
export { insertContactErasures } from './sql/people/contact-erasures.js';
export {
  advanceReconsideration,
  findReconsiderations,
  findReconsidered,
  type ReconsideredCase,
  type WaitingReconsideration,
} from './sql/people/find-reconsidered.js';
export { type FamilyIdentity, loadFamilyIdentities } from './sql/people/load-family-identities.js';
export { loadContactIdentities, loadContactMerges, loadContactStates } from './sql/people/load-people.js';
export { insertReconsiderations } from './sql/people/reconsiderations.js';
export { insertToldContacts, updateContacts } from './sql/people/write-contacts.js';
export { loadPeople } from './load-people.js';
export { writeContactMerges } from './sql/people/write-merges.js';
