import { testEnvironment } from '../environment.js';
import { dovecotProgram } from './start-test-dovecot.js';

export { dovecotProgram, startTestDovecot, type TestDovecot, type TestDovecotOptions } from './start-test-dovecot.js';
export type { TokenClaims } from './access-token.js';

/** Whether the tests that need a Dovecot can run. Says loudly that they are skipped; throws when they must run. */
export function hasTestDovecot(): boolean {
  if (dovecotProgram() !== null) {
    return true;
  }
  if (process.env[testEnvironment.requireReal] === '1') {
    throw new Error('Dovecot is required for this run and there is none');
  }
  process.stderr.write('\n*** SKIPPED: no Dovecot for these tests (Debian: dovecot-imapd dovecot-lmtpd) ***\n\n');
  return false;
}
