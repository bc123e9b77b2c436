/**
 * Record keys (events.md §2). A key only makes it likely that one conversation meets one consumer at a time;
 * no rule relies on it.
 */
export function emailConversationKey(accountId: string, rootMessageId: string): string {
  return `${accountId}|email|${rootMessageId}`;
}

/** Key of a call, of its voicemail and of the call bar that shows it. */
export function callConversationKey(accountId: string, rootCallId: string): string {
  return `${accountId}|call|${rootCallId}`;
}

/** Key of a contact record. */
export function contactConversationKey(accountId: string, externalId: string): string {
  return `${accountId}|contact|${externalId}`;
}
