import { expect, it } from '@jest/globals';
import { normalised, write } from '../../testing/normalised-mail.js';

const passed = (servers: number) =>
  write(Array.from({ length: servers }, (_, hop) => `Received: from a${hop} by b${hop}`).join('\r\n'));

it('says when a mail has passed more servers than any needs', async () => {
  expect((await normalised(passed(51))).flags).toContain('too_many_hops');
  expect((await normalised(passed(50))).flags).not.toContain('too_many_hops');
});
