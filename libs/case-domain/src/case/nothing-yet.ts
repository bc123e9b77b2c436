/** What a case is before anything has happened to it but its beginning. */
export const NOTHING_YET = {
  closedAt: null,
  closedReason: null,
  resolvedAt: null,
  resolution: null,
  resolutionSource: null,
  dueOn: null,
  dueAt: null,
  dueTimeZone: null,
  problemId: null,
  parentId: null,
  autoAssign: true,
  mergedIntoId: null,
  excludeFromAutoClose: false,
  reopenCount: 0,
  firstResponseAt: null,
  deletedAt: null,
} as const;
