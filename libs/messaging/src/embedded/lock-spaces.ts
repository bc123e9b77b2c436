/** First halves of the advisory lock keys (second half: the id of a row), so that nothing else collides with them. */
export const lockSpaces = {
  /** Held by the session that reads a partition for a group. */
  partition: 0x6c6f6731,
  /** Held by the session of a living member. */
  member: 0x6c6f6732,
  /** Held while one process trims. */
  trim: 0x6c6f6733,
} as const;

/** Channels of NOTIFY; a wake-up only, polling is the guarantee. */
export const channels = { appended: 'casewright_log_appended', members: 'casewright_log_members' } as const;
