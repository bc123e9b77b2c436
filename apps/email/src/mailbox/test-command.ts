import { ownAddress } from '#libs/interaction';
import { BootError, loadConfiguration, runMain, type MailboxConfiguration } from '#libs/runtime';
import { examineMailbox } from './examination/examine-mailbox.js';
import { broken, type Finding } from './examination/finding.js';

const USAGE = 'Usage: mailbox test ADDRESS [--json]\n';

/**
 * `mailbox test ADDRESS [--json]`: prints what was found about a mailbox that we fetch from, and ends with 1 when
 * something does not work. Changes nothing in the mailbox. Entry of a process of its own.
 */
async function main(words: readonly string[]): Promise<void> {
  const json = words.includes('--json');
  const [address, ...surplus] = words.filter((word) => word !== '--json');
  if (address === undefined || surplus.length > 0) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const mailbox = findMailbox(loadConfiguration().mailboxes, address);
  const findings = mailbox.imap === null ? [forwarded(mailbox)] : await examineMailbox(mailbox.imap);
  findings.forEach((finding) => process.stdout.write(`${json ? JSON.stringify(finding) : lineOf(finding)}\n`));
  process.exitCode = findings.some(({ state }) => state === 'failed') ? 1 : 0;
}

function findMailbox(mailboxes: readonly MailboxConfiguration[], wanted: string): MailboxConfiguration {
  const found = mailboxes.find(({ address }) => ownAddress(address) === ownAddress(wanted));
  if (found === undefined) {
    const known = mailboxes.map(({ address }) => address).join(', ');
    throw new BootError(`The configuration has no mailbox of this address; it has ${known || 'none'}.`);
  }
  return found;
}

function forwarded({ address }: MailboxConfiguration): Finding {
  const detail = `${address} has no imap: it is reached by forwarding to the SMTP listener; casewright send tests that`;
  return broken('configuration', detail);
}

const WIDTH = 15;

function lineOf({ state, what, detail }: Finding): string {
  return `${state.padEnd('skipped'.length)}  ${what.padEnd(WIDTH)}  ${detail}`;
}

runMain(() => main(process.argv.slice(2)));
