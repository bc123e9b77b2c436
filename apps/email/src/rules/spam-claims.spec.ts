import { expect, it } from '@jest/globals';
import { normalised, write } from '../testing/normalised-mail.js';

const NOTHING = { flag: null, score: null, scl: null, bcl: null, action: null, category: null };

it.each([
  ['X-Spam-Flag: YES', { flag: true }],
  ['X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00', { flag: false, score: -1.9 }],
  ['X-Spam-Score: 7.25', { score: 7.25 }],
  ['X-Spam-Level: ****', { score: 4 }],
  ['X-Spamd-Result: default: False [1.20 / 15.00]', { flag: false, score: 1.2 }],
  ['X-Rspamd-Action: add header\r\nX-Rspamd-Score: 8', { flag: true, score: 8, action: 'add header' }],
  ['X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:5;CAT:SPM;SFV:SPM', { scl: 5, category: 'SPM' }],
  ['X-MS-Exchange-Organization-SCL: -1', { scl: -1 }],
  ['X-Microsoft-Antispam: BCL:7;', { bcl: 7 }],
])('%j is kept as claimed', async (header, claims) => {
  const interaction = await normalised(write(header));
  expect(interaction.details['spam']).toEqual({ ...NOTHING, ...claims });
  expect([interaction.handling, interaction.automatic]).toEqual(['ordinary', null]);
});

it('is left out where no filter says anything', async () => {
  expect((await normalised('plain')).details).not.toHaveProperty('spam');
});
