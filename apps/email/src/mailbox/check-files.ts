import { accessSync, constants } from 'node:fs';
import { BootError, errorCode, type MailboxConfiguration } from '#libs/runtime';

/**
 * The files that logins need, looked at before anything starts. Throws `BootError`, which names every setting whose
 * file cannot be read. What stands in them is read at each login, so that a new file needs no restart.
 */
export function checkMailboxFiles(mailboxes: readonly Pick<MailboxConfiguration, 'imap'>[]): void {
  const problems = mailboxes.flatMap(({ imap }, index) => {
    const path = `mailboxes[${index}].imap`;
    return [
      ...problemWith(`${path}.caFile`, imap?.caFile ?? null),
      ...problemWith(`${path}.oauth2.serviceAccountFile`, imap?.oauth2?.serviceAccountFile ?? null),
    ];
  });
  if (problems.length > 0) {
    throw new BootError(problems.join('\n'));
  }
}

function problemWith(setting: string, file: string | null): string[] {
  if (file === null) {
    return [];
  }
  try {
    accessSync(file, constants.R_OK);
    return [];
  } catch (error) {
    return [`${setting}: ${file} cannot be read (${errorCode(error)}).`];
  }
}
