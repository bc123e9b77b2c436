import { describe, expect, it } from '@jest/globals';
import { PROVIDERS } from './providers.js';
import { BROKEN_PROVIDERS } from './testing/conformance/broken-providers.js';
import { describeProvider, findingsOn } from './testing/conformance/conformance.js';
import { TIN_CONNECTION, TIN_SECRET, tinProvider } from './testing/conformance/fixture-provider.js';
import { subjectOf } from './testing/conformance/subject.js';
import { genericSender, talkdeskSender, twilioSender, zammadSender } from './testing/signed-requests.js';

const SENDERS = [genericSender(), zammadSender(), talkdeskSender(), twilioSender()];

for (const provider of PROVIDERS) {
  const { connection, sending } = SENDERS.find((sender) => sender.connection.provider === provider.name)!;
  const { bodySecret } = connection.settings as { readonly bodySecret?: string };
  describeProvider(
    subjectOf(provider, connection, [sending.secret, ...(bodySecret === undefined ? [] : [bodySecret])]),
  );
}

describeProvider(subjectOf(tinProvider, TIN_CONNECTION, [TIN_SECRET]));

describe('a provider with a mistake', () => {
  it.each(BROKEN_PROVIDERS)('$mistake: noticed by "$noticedBy"', async ({ provider, noticedBy }) => {
    const findings = await findingsOn(subjectOf(provider, TIN_CONNECTION, [TIN_SECRET]));
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set([noticedBy]));
  });
});
