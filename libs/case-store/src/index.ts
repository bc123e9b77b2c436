/** The tables of the case domain, for `migrate` of the postgres library. */
export const CASE_STORE_MIGRATIONS = { set: 'case-store', directory: new URL('./migrations/', import.meta.url) };

export type { Queryable } from './queryable.js';
export { ConcurrentChange } from './conflicts.js';

// What the configuration file declares.
export { declareConfiguration, type Declaration } from './declare-configuration.js';
// Assignment rules and business hours.
export * from './routing.js';

export * from './api-clients.js';

// Loading and locking what decisions need.
export { AccountDirectory } from './account-directory.js';
export { findNames } from './find-names.js';
export { loadSnapshot } from './load-snapshot.js';
export { findKnownInteractions } from './sql/interactions/find-known-interactions.js';
export { findStoredInteractions, type StoredInteraction } from './sql/interactions/find-stored-interactions.js';
export { type DueInteraction, findDueInteractions, findNextDue } from './sql/interactions/find-due-interactions.js';
export { hastenVoicemails } from './sql/interactions/hasten-voicemails.js';
export { postponeInteractions } from './sql/interactions/postpone-interactions.js';
export { findReleasedInteractions } from './sql/interactions/find-released-interactions.js';
export { loadClosingAccounts } from './sql/accounts/load-closing-accounts.js';
export { findOverdueTasks } from './sql/tasks/find-overdue-tasks.js';
export { findTasksOfOtherZones, type FoundTask } from './sql/tasks/find-tasks-of-other-zones.js';
export { findClosableCases } from './sql/cases/find-closable-cases.js';

export * from './call-bar.js';

// Writing what was decided.
export { beginWrite } from './sql/writes/begin-write.js';
export { allocateNumbers } from './sql/numbers/allocate-numbers.js';
export { returnNumbers } from './sql/numbers/return-numbers.js';
export { insertCases } from './sql/cases/insert-cases.js';
export { updateCases } from './sql/cases/update-cases.js';
export { insertCaseEvents, type CaseEventRow } from './sql/case-events/insert-case-events.js';
export { deleteLinks } from './sql/links/delete-links.js';
export { insertLinks } from './sql/links/insert-links.js';
export { blankInteractions } from './sql/purge/blank-interactions.js';
export { blankPresses } from './sql/purge/blank-presses.js';
export { deleteCallbacks } from './sql/purge/delete-callbacks.js';
export { deleteCaseEvents } from './sql/purge/delete-case-events.js';
export { deleteLinksOfCases } from './sql/purge/delete-links-of-cases.js';
export { deleteThreads } from './sql/purge/delete-threads.js';
export { purgeCases, type PurgedRow } from './sql/purge/purge-cases.js';
export { insertContacts } from './sql/contacts/insert-contacts.js';
export * from './people.js';
export { deleteThrowAways } from './sql/contacts/delete-throw-aways.js';
export { resolveThrowAways, type ThrowAwayRow } from './sql/contacts/resolve-throw-aways.js';
export { shareIdentities } from './sql/contacts/share-identities.js';
export { insertIdentities } from './sql/contacts/insert-identities.js';
export { stampAssigned } from './sql/groups/stamp-assigned.js';
export { moveThreads } from './sql/threads/move-threads.js';
export { claimThreads } from './sql/threads/claim-threads.js';
export type { ThreadRow } from './sql/threads/load-threads.js';
export { findKnownFacts } from './sql/facts/find-known-facts.js';
export { insertFacts, type FactRow } from './sql/facts/insert-facts.js';
export { addEndpoints, type FurtherEndpoint } from './sql/interactions/add-endpoints.js';
export { insertInteractions, type InteractionRow } from './sql/interactions/insert-interactions.js';
export { redactInteractions } from './sql/interactions/redact-interactions.js';
export { redactCopiedWords } from './sql/case-events/redact-copied-words.js';
export { redactMergeNotes } from './sql/comments/redact-merge-notes.js';
export { redactDeadLetters } from './sql/dead-letters/redact-dead-letters.js';
export { redactUnsentRecords } from './sql/unsent-records/redact-unsent-records.js';
export { loadAnswersNaming, rewriteAnswers, type KeptBody } from './sql/idempotency/answers-naming.js';
export { noteRepeatedContents, type RepeatedContent } from './sql/contents/note-repeated-contents.js';
export * from './sql/contents/unused-contents.js';
export { relinkInteractions } from './sql/interactions/relink-interactions.js';
export { moveInteractions, type InteractionMove } from './sql/interactions/move-interactions.js';
export { reviseInteractions, type RevisedRow } from './sql/interactions/revise-interactions.js';
export { insertSuspensions, type SuspensionRow } from './sql/quarantine/insert-suspensions.js';
export { settleSuspensions, type SettledSuspensionRow } from './sql/quarantine/settle-suspensions.js';
export { insertDeadLetters, type DeadLetterRow } from './sql/dead-letters/insert-dead-letters.js';

// Partitions of the topics, and the outbox.
export { advancePartition } from './sql/partitions/advance-partition.js';
export { lockPartition, type PartitionName } from './sql/partitions/lock-partition.js';
export { decodeRecords, type OutboxRecord } from './outbox-codec.js';
export { appendOutbox, OUTBOX_CHANNEL, type Announcement, type EventName } from './sql/outbox/append-outbox.js';
export { countOutbox } from './sql/outbox/count-outbox.js';
export { deleteOutbox } from './sql/outbox/delete-outbox.js';
export { findOutboxHead, type OutboxHead } from './sql/outbox/find-outbox-head.js';
export { peekOutbox, type WaitingEntry } from './sql/outbox/peek-outbox.js';
export { readOutbox, type OutboxEntry } from './sql/outbox/read-outbox.js';
export { countUnsentRecords, type UnsentRecords } from './sql/unsent-records/count-unsent-records.js';
export { insertUnsentRecords, type UnsentRecord } from './sql/unsent-records/insert-unsent-records.js';

// What the relay tells.
export { listChangedTexts } from './sql/comments/list-changed-texts.js';
export { editComments } from './sql/comments/edit-comments.js';
export { redactComments } from './sql/comments/redact-comments.js';
export { findPressesOfComments } from './sql/comments/find-presses-of-comments.js';
export { redactPressesOfComments } from './sql/comments/redact-presses-of-comments.js';
export { redactCommentEvents } from './sql/case-events/redact-comment-events.js';
export { forPrivacy } from './for-privacy.js';
export * from './sql/erasure/index.js';
export { changeLegalHolds } from './sql/legal-holds/change-legal-holds.js';
export { insertToldOverdue } from './sql/tasks/insert-told-overdue.js';
export { insertComments } from './sql/comments/insert-comments.js';
export { type CommentPosition, type CommentView, listCaseComments, loadComments } from './sql/comments/comment-view.js';
export { loadTimeline, type TimelineView } from './load-timeline.js';
export { TIMELINE_KINDS, type TimelineKind } from './sql/timelines/list-timeline.js';
export { listChangedFields } from './sql/case-events/list-changed-fields.js';
export { loadCaseNames } from './load-case-names.js';
export { loadAnnouncedCases } from './sql/cases/load-announced-cases.js';
export { listCategoryChanges } from './sql/case-events/list-category-changes.js';
export { loadAnnouncedEvents, loadHistory, type AnnouncedEvent } from './sql/case-events/load-announced-events.js';
export {
  loadAnnouncedInteractions,
  type AnnouncedInteraction,
} from './sql/interactions/load-announced-interactions.js';

// Reading cases and what was said in them.
export type { CaseView } from './sql/cases/case-view.js';
export type { CaseFilter } from './sql/cases/case-filter.js';
export { CASE_SORTS, positionOf, type CaseSort } from './sql/cases/case-order.js';
export { listCases } from './sql/cases/list-cases.js';
export { findCalled, type CalledThings } from './find-called.js';
export { settledUntil } from './sql/writes/settled-until.js';
export { loadCase, type CaseName } from './sql/cases/load-case.js';
export type { ContactIdentityView, ContactView } from './sql/contacts/contact-view.js';
export {
  CONTACT_SORTS,
  contactPositionOf,
  type ContactFilter,
  type ContactSort,
  listContacts,
} from './sql/contacts/list-contacts.js';
export { listContactChanges } from './sql/contacts/list-contact-changes.js';
export { loadContactView } from './sql/contacts/load-contact-view.js';
export { findPersons, type PersonId, type PersonName } from './sql/contacts/find-persons.js';
export { loadMentions, loadSurvivor, type CaseMention } from './sql/families/load-survivor.js';
export { findLink } from './sql/links/load-known-links.js';
export { listCaseLinks, type LinkView, loadCaseLink } from './sql/links/link-view.js';
export { listCaseEvents, type CaseEventView } from './sql/case-events/list-case-events.js';
export type { InteractionView } from './sql/interactions/interaction-view.js';
export { listCaseInteractions } from './sql/interactions/list-case-interactions.js';
export { listContactInteractions } from './sql/interactions/list-contact-interactions.js';
export { loadInteraction } from './sql/interactions/load-interaction.js';

// Files that people upload.
export {
  type AttachmentView,
  listCaseAttachments,
  loadAttachment,
  loadCommentAttachments,
  SCAN_STATES,
  type ScanState,
} from './sql/attachments/attachment-view.js';
export { attachFiles } from './sql/attachments/attach-files.js';
export { deleteCommentAttachments } from './sql/attachments/delete-comment-attachments.js';
export { deleteUnusedAttachments } from './sql/attachments/delete-unused-attachments.js';
export { insertAttachment, type NewAttachment } from './sql/attachments/insert-attachment.js';
export { suspectStrays } from './sql/attachments/suspect-strays.js';
export {
  findSuspectUploads,
  isUploadUsed,
  lockUpload,
  settleUpload,
  suspectUpload,
} from './sql/attachments/unused-uploads.js';

// The quarantine.
export {
  listSuspended,
  QUARANTINE_STATES,
  type QuarantineState,
  type SuspendedFilter,
  type SuspendedView,
} from './sql/quarantine/list-suspended.js';
export { loadSuspended } from './sql/quarantine/load-suspended.js';

// Search.
export { searchCases } from './search-cases.js';
export { searchContacts } from './search-contacts.js';
export { indexSearch } from './index-search.js';
export { countSearchQueue, type SearchLag } from './sql/search/count-search-queue.js';
export { noteRequesters } from './sql/search/note-cases.js';
export { ensureSearchIndex, findSearchIndex, type SearchIndexState } from './sql/search/search-index.js';
export { deleteContactSearch } from './sql/search/write-contact-search.js';
export { deleteSearchTexts } from './sql/search/write-search-texts.js';

// Statuses.
export { deleteStatus } from './sql/statuses/delete-status.js';
export { findCasesInStatus } from './sql/statuses/find-cases-in-status.js';
export { findStatusUses } from './sql/statuses/find-status-uses.js';
export { listStatuses } from './sql/statuses/list-statuses.js';
export { holdStatuses } from './sql/statuses/hold-statuses.js';
export { lockStatuses } from './sql/statuses/lock-statuses.js';
export type { StatusView } from './sql/statuses/status-row.js';
export { insertStatus, updateStatus, type StatusRow } from './sql/statuses/write-status.js';

// Accounts.
export type { AccountField, AccountSettings, AccountView } from './sql/accounts/account-row.js';
export { ACCOUNT_FIELDS, differingFields } from './sql/accounts/account-row.js';
export { loadAccount } from './sql/accounts/load-account.js';
export { lockAccount } from './sql/accounts/lock-account.js';
export { updateAccount } from './sql/accounts/update-account.js';
export { loadGroups } from './sql/groups/load-groups.js';

// Fields that an account has added to its cases.
export type { CaseFieldView } from './sql/case-fields/case-field-row.js';
export { deleteCaseField } from './sql/case-fields/delete-case-field.js';
export { findFieldUses, type FieldUses } from './sql/case-fields/find-field-uses.js';
export { findUsedOptions } from './sql/case-fields/find-used-options.js';
export { listCaseFields } from './sql/case-fields/list-case-fields.js';
export { loadCaseFields } from './sql/case-fields/load-case-fields.js';
export { lockCaseFields } from './sql/case-fields/lock-case-fields.js';
export { type CaseFieldRow, insertCaseField, updateCaseField } from './sql/case-fields/write-case-field.js';

// Answers to repeated requests.
export { deleteOldAnswers } from './sql/idempotency/delete-old-answers.js';
export { findKeptAnswer, type KeptAnswer } from './sql/idempotency/find-kept-answer.js';
export { findKeptAnswers } from './sql/idempotency/find-kept-answers.js';
export { redactAnswers } from './sql/idempotency/redact-answers.js';
export { keepAnswer } from './sql/idempotency/keep-answer.js';
export { lockIdempotencyKey, type IdempotencyKeyName } from './sql/idempotency/lock-idempotency-key.js';

// Dead letters.
export { DEAD_LETTER_STATES, type DeadLetter, type DeadLetterState } from './sql/dead-letters/dead-letter.js';
export { listDeadLetters, type DeadLetterSummary } from './sql/dead-letters/list-dead-letters.js';
export { loadDeadLetters } from './sql/dead-letters/load-dead-letters.js';
export { settleDeadLetters } from './sql/dead-letters/settle-dead-letters.js';

// The delivery log: adapters write it (libs/channel-kit).
export { deleteOldDeliveries } from './sql/deliveries/delete-old-deliveries.js';
export {
  DELIVERY_STATES,
  type DeliveredInteraction,
  type DeliveryState,
  type DeliveryView,
} from './sql/deliveries/delivery-view.js';
export { type DeliveryFilter, listDeliveries } from './sql/deliveries/list-deliveries.js';
export { type DeliveryDetail, loadDelivery } from './sql/deliveries/load-delivery.js';
export { noteReplay } from './sql/deliveries/note-replay.js';
export * from './sql/deliveries/redact-deliveries.js';

// Imports of contacts from files.
export * from './contact-imports.js';

// Agents, groups and addresses, and cases that wait for somebody.
export * from './teams.js';
