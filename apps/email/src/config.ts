import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ownAddress } from '#libs/interaction';
import { BootError, type Configuration } from '#libs/runtime';
import { checkMailboxFiles } from './mailbox/check-files.js';
import type { FetchedMailbox } from './mailbox/folder/mailbox-dependencies.js';
import type { Mailbox } from './receive/mail-in-hand.js';
import { admissionTo, type Admission } from './smtp/peers.js';
import type { SmtpSettings } from './smtp/receive-smtp.js';

/** What the email adapter needs of the configuration. */
export interface EmailConfiguration {
  readonly accountId: string;
  readonly tokenSecret: string;
  readonly blobAddress: string;
  readonly maxMessageBytes: number;
  readonly parser: { readonly workers: number; readonly timeLimitMs: number };
  readonly smtp: SmtpSettings;
  readonly fetched: readonly FetchedMailbox[];
}

const PARSE_TIME_LIMIT_MS = 10_000;
const MOST_CONNECTIONS = 500;
const IDLE_TIMEOUT_MS = 60_000;
const CLOSE_TIMEOUT_MS = 15_000;
/** The machine's own name is nobody's business. */
const UNNAMED = 'localhost';

/** Reads certificate files. Ends in `BootError` when one cannot be read or the secret of the tokens is missing. */
export function emailConfiguration(configuration: Configuration): EmailConfiguration {
  const { account, smtp, caseTokens, blobUrl } = configuration;
  if (caseTokens.secret === null) {
    throw new BootError('caseTokens.secret is not set: give every process the same, of 16 characters or more.');
  }
  checkMailboxFiles(configuration.mailboxes);
  const mailboxes = ownMailboxes(configuration);
  return {
    accountId: account.id,
    tokenSecret: caseTokens.secret,
    blobAddress: blobUrl,
    maxMessageBytes: smtp.maxMessageBytes,
    parser: { workers: Math.max(1, Math.min(4, availableParallelism())), timeLimitMs: PARSE_TIME_LIMIT_MS },
    smtp: {
      host: smtp.host,
      port: smtp.port,
      hostname: smtp.hostname ?? UNNAMED,
      tls: tlsFiles(smtp),
      mailboxes,
      admits: admission(smtp),
      // Only networks that are named are known to be servers of ours; without any everybody is admitted.
      trusts: smtp.allowedNetworks.length > 0 ? admission(smtp) : undefined,
      maxConnections: MOST_CONNECTIONS,
      maxConnectionsPerPeer: smtp.maxConnectionsPerPeer,
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      closeTimeoutMs: CLOSE_TIMEOUT_MS,
    },
    fetched: configuration.mailboxes.flatMap(({ imap }, index) => {
      const mailbox = mailboxes[index];
      return imap === null || mailbox === undefined ? [] : [{ ...mailbox, imap }];
    }),
  };
}

/** Our mailboxes, their addresses in the one spelling that recipients are compared in. */
export function ownMailboxes(
  configuration: Pick<Configuration, 'account' | 'mailboxes' | 'smtp' | 'caseTokens'>,
): Mailbox[] {
  const ownAddresses = new Set(configuration.mailboxes.map(({ address }) => ownAddress(address)));
  return configuration.mailboxes.map((mailbox) => ({
    address: ownAddress(mailbox.address),
    trustedAuthservId: mailbox.trustedAuthservId,
    authentication: mailbox.authentication,
    verifySenders: mailbox.verifySenders ?? configuration.smtp.verifySenders,
    voicemailSenders: mailbox.voicemailSenders,
    defaultCountry: configuration.account.defaultCountry,
    ownAddresses,
    replyToSenders: mailbox.replyToSenders,
    recipientHeader: mailbox.recipientHeader,
    previousTokenSecrets: configuration.caseTokens.previous,
  }));
}

function admission({ allowedNetworks }: Configuration['smtp']): Admission {
  const admits = admissionTo(allowedNetworks);
  if (admits === null) {
    throw new BootError('smtp.allowedNetworks: write each as an address or as CIDR, such as 192.0.2.0/24.');
  }
  return admits;
}

function tlsFiles({ certificateFile, keyFile }: Configuration['smtp']): SmtpSettings['tls'] {
  if (certificateFile === null && keyFile === null) {
    return null;
  }
  if (certificateFile === null || keyFile === null) {
    throw new BootError('smtp.certificateFile and smtp.keyFile belong together: set both, or neither.');
  }
  return { certificate: readPem('certificateFile', certificateFile), key: readPem('keyFile', keyFile) };
}

function readPem(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new BootError(`smtp.${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
