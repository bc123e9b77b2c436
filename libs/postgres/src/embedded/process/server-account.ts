import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import { runProgram, type ProgramIdentity } from './run-program.js';

/** The unprivileged account that the server runs as. */
export interface ServerAccount extends ProgramIdentity {
  readonly name: string;
}

/**
 * PostgreSQL refuses to run as root, so that a hole in it is not a hole in the machine. Root therefore runs it as
 * `postgres` or `nobody`; anybody else (null) runs it as themselves.
 */
export async function findServerAccount(): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) {
    return null;
  }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const account = await lookUpAccount(name);
    if (account) {
      return account;
    }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root and there is no account "postgres" or "nobody" to run it as: ' +
      'create one, start as another user, or set DATABASE_URL.',
  );
}

async function lookUpAccount(name: string): Promise<ServerAccount | null> {
  const [user, group] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])]);
  const [uid, gid] = [Number(user.output), Number(group.output)];
  return user.ok && group.ok && uid > 0 ? { name, uid, gid } : null;
}
