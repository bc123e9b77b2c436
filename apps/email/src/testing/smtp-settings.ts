import type { SmtpDependencies, SmtpSettings } from '../smtp/receive-smtp.js';

const nothing = (): void => undefined;
const never = (): Promise<never> => Promise.reject(new Error('no mail came'));

/** A listener of one mailbox on a free port, patient enough for any test that is not about time. */
export const SMTP_SETTINGS: SmtpSettings = {
  host: '127.0.0.1',
  port: 0,
  hostname: 'mx.acme.example',
  tls: null,
  mailboxes: [{ address: 'support@acme.example', trustedAuthservId: null }],
  maxConnections: 100,
  maxConnectionsPerPeer: 100,
  idleTimeoutMs: 5_000,
  closeTimeoutMs: 500,
};

/** Nothing of a mail is taken: where it would be stored, the test is wrong. */
export const NO_MAIL: SmtpDependencies = {
  blobs: { put: never },
  parser: { parse: never },
  publisher: { publish: never },
  metrics: {
    received: nothing,
    parsed: nothing,
    recipientRefused: nothing,
    connectionRefused: nothing,
    connectionEnded: nothing,
  },
  accountId: '0f4f7f0e-5f7b-5c53-9f6a-4b1c2d3e4f50',
  tokenSecret: 'a secret of the tests',
  maxMessageBytes: 1_000_000,
  logger: { warn: nothing },
};
