/** The embedded server cannot run. The message is one sentence for the operator that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const diskCodes = new Set(['ENOSPC', 'EDQUOT']);
const permissionCodes = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Turns what the file system says into a sentence; anything else stays as it is. */
export function explainStartFailure(error: unknown, dataDirectory: string): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (diskCodes.has(code) || /no space left on device|disk quota exceeded/i.test(error.message)) {
    return new EmbeddedPostgresError(
      `The disk that holds ${dataDirectory} is full: free some space, or point DATA_DIR to another disk, and start again.`,
      { cause: error },
    );
  }
  if (permissionCodes.has(code) && !(error instanceof EmbeddedPostgresError)) {
    return new EmbeddedPostgresError(
      `The embedded PostgreSQL may not use ${dataDirectory} (${error.message}): start as the user who owns it, ` +
        'or point DATA_DIR to a folder of your own.',
      { cause: error },
    );
  }
  return error;
}
