import { errorCode, errorMessage } from '#libs/runtime';

/** The embedded server cannot run. The message is one sentence for the operator that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const diskCodes = new Set(['ENOSPC', 'EDQUOT']);
const permissionCodes = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Turns what the file system or the server says into a sentence; anything else stays as it is. */
export function explainStartFailure(error: unknown, dataDirectory: string): unknown {
  const message = errorMessage(error);
  if (diskCodes.has(errorCode(error)) || /no space left on device|disk quota exceeded/i.test(message)) {
    return new EmbeddedPostgresError(
      `The disk that holds ${dataDirectory} is full: free some space, or point DATA_DIR to another disk, and start again.`,
      { cause: error },
    );
  }
  if (permissionCodes.has(errorCode(error))) {
    return new EmbeddedPostgresError(
      `The embedded PostgreSQL may not use ${dataDirectory} (${message}): start as the user who owns it, ` +
        'or point DATA_DIR to a folder of your own.',
      { cause: error },
    );
  }
  return error;
}
