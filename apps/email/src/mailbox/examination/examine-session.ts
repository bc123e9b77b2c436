import { ImapFlow, type MailboxObject } from 'imapflow';
import { errorMessage, type ImapConfiguration } from '#libs/runtime';
import { connectionOptions } from '../connection/connection-options.js';
import { explainLoginRefusal, type MailboxLogin } from '../credentials/index.js';
import { broken, doubtful, fine, type Finding } from './finding.js';

/** What makes the import faster or safer, and what is lost without it. */
const WANTED: Readonly<Record<string, string>> = {
  IDLE: 'new mails are found by asking, at the pace of pollSeconds',
  CONDSTORE: 'each look goes through the folder',
  UIDPLUS: 'moved mails cannot be followed',
  MOVE: 'mails are copied and deleted instead of moved',
};

/** Logs in, looks at the folder and logs out. Changes neither mails nor folders. */
export async function examineSession(imap: ImapConfiguration, auth: MailboxLogin): Promise<Finding[]> {
  const client = new ImapFlow({ ...(await connectionOptions(imap, auth)), socketTimeout: 30_000 });
  // Errors reach us by the command that they broke.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    return [broken('login', explainConnect(imap, error))];
  }
  try {
    const login = fine('login', `${imap.user} is logged in by ${describe(auth)}`);
    return [login, examineCapabilities(client), ...(await examineFolder(client, imap))];
  } catch (error) {
    return [broken('folder', `the server broke off: ${errorMessage(error)}`)];
  } finally {
    await client.logout().catch(() => undefined);
    client.close();
  }
}

function describe(auth: MailboxLogin): string {
  return 'pass' in auth ? 'its password' : 'an access token';
}

function explainConnect(imap: ImapConfiguration, error: unknown): string {
  const { authenticationFailed } = error as { readonly authenticationFailed?: boolean };
  return authenticationFailed === true
    ? explainLoginRefusal(imap)
    : `${imap.host} broke off before the login was judged: ${errorMessage(error)}`;
}

function examineCapabilities({ capabilities }: ImapFlow): Finding {
  const names = Object.keys(WANTED);
  const missing = names.filter((name) => !capabilities.has(name));
  const present = names.filter((name) => capabilities.has(name)).join(', ');
  return missing.length === 0
    ? fine('capabilities', present)
    : doubtful('capabilities', missing.map((name) => `without ${name} ${WANTED[name]}`).join('; '));
}

async function examineFolder(client: ImapFlow, imap: ImapConfiguration): Promise<Finding[]> {
  const { folder, afterImport } = imap;
  const paths = (await client.list()).map(({ path }) => path);
  // The name INBOX is the same in any case, other names are not (RFC 9051 §5.1).
  const found = paths.find((path) => path === folder || (isInbox(path) && isInbox(folder)));
  if (found === undefined) {
    return [broken('folder', `there is no folder ${folder}: check folder; there are ${paths.join(', ')}`)];
  }
  const wantsMarks = afterImport.seen === true || afterImport.keyword !== undefined || afterImport.moveTo !== undefined;
  // Only a folder that is opened for writing says what may be written.
  const opened = await client.mailboxOpen(found, { readOnly: !wantsMarks });
  const { moveTo } = afterImport;
  return [
    fine(
      'folder',
      `${found} holds ${opened.exists} mails, UIDVALIDITY ${opened.uidValidity}, next UID ${opened.uidNext}`,
    ),
    ...(moveTo === undefined ? [] : [examineTarget(moveTo, paths)]),
    ...(wantsMarks ? [examineMarks(opened, imap)] : []),
  ];
}

function isInbox(path: string): boolean {
  return path.toUpperCase() === 'INBOX';
}

function examineTarget(moveTo: string, paths: readonly string[]): Finding {
  return paths.includes(moveTo)
    ? fine('move target', `there is a folder ${moveTo}`)
    : doubtful('move target', `there is no folder ${moveTo} yet; the first import creates it`);
}

function examineMarks(opened: MailboxObject, { afterImport }: ImapConfiguration): Finding {
  const { seen, keyword, moveTo } = afterImport;
  if (opened.readOnly === true) {
    const advice = 'give this user the right to change mails, or leave out afterImport';
    return broken('marks', `${opened.path} is read-only for this user: ${advice}`);
  }
  const flags = opened.permanentFlags;
  const allows = (flag: string) => flags === undefined || flags.has(flag);
  if (seen === true && !allows('\\Seen')) {
    return broken('marks', `the server does not keep that a mail was read: leave out afterImport.seen`);
  }
  if (keyword !== undefined && !allows('\\*') && !allows(keyword)) {
    return broken('marks', `the server keeps no keywords: leave out afterImport.keyword, or use afterImport.moveTo`);
  }
  const marks = [seen === true ? 'seen' : '', keyword ?? '', moveTo === undefined ? '' : `move to ${moveTo}`];
  return fine('marks', `allowed: ${marks.filter((mark) => mark !== '').join(', ')}`);
}
