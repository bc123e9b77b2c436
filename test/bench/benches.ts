import { benchApi } from './api/api.js';
import { benchBigMail } from './big-mail.js';
import { benchCalls } from './calls/calls.js';
import type { BenchContext } from './context.js';
import { benchDecideAndApply } from './decide-and-apply.js';
import type { Figure } from './figure.js';
import { benchFromTheLog } from './from-the-log.js';
import { benchLatency } from './latency.js';
import { benchMailbox } from './mailbox.js';
import { benchManyCases } from './many-cases.js';
import { benchParse } from './parse.js';
import { benchPeople } from './people/people.js';
import { benchRules } from './rules.js';
import { benchSmtp } from './smtp.js';
import { benchWebhooks } from './webhooks/webhooks.js';

/** Parts of a bench, to be named; whoever names nothing gets them with the whole. */
export const PARTS: Readonly<Record<string, (context: BenchContext) => Promise<Figure[]>>> = {
  decide: benchDecideAndApply,
  rules: benchRules,
};

export const BENCHES: Readonly<Record<string, (context: BenchContext) => Promise<Figure[]>>> = {
  'case-builder': async (context) =>
    context.calls
      ? benchCalls(context)
      : [
          ...(await benchDecideAndApply(context)),
          ...(await benchManyCases(context)),
          ...(await benchFromTheLog(context)),
        ],
  api: benchApi,
  people: benchPeople,
  latency: benchLatency,
  smtp: benchSmtp,
  webhooks: benchWebhooks,
  mailbox: benchMailbox,
  parse: benchParse,
  'big-mail': benchBigMail,
};
