import { Inject } from '@nestjs/common';
import { type AgentName, findAgent } from '#libs/case-store';
import { CallBar } from '#libs/channel-kit';
import { isUuid, ownAddress } from '#libs/interaction';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import { bodyOf, readBody } from '../body/read-body.js';
import { ProblemException, unprocessable } from '../http/problem.js';
import { Instant, Text } from '../resources/properties.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { CreateRoute } from '../routes/routes.js';
import { Writes } from '../writing/writes.js';
import { ORDINARY_SECONDS, tokenBody } from './token-body.js';

/** As the description shows it; what a token may last is a matter of the configuration. */
const DESCRIBED_HOURS = 12;

export class CallBarTokenResource {
  @Text({ description: 'For the header Authorization of the call bar; shown this once.' }) token!: string;
  @Instant() expires_at!: string;
}

/** Tokens by which a call bar says which agent presses something. */
@ResourceController('v1/callbar/tokens', { tag: 'callbar', scope: 'callbar:issue' })
export class CallBarTokensController {
  constructor(
    @Inject(CallBar) private readonly callBar: Pick<CallBar, 'tokens'>,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'callbar'>,
  ) {}

  @CreateRoute('', {
    operationId: 'createCallBarToken',
    summary: 'A token for the call bar of an agent',
    body: bodyOf(tokenBody(DESCRIBED_HOURS)),
    answer: CallBarTokenResource,
    problems: ['field-required', 'callbar-not-configured'],
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { principal } = exchange;
    return this.writes.inTransaction(exchange, body, async (client) => {
      const { value, faults } = readBody(body.value, tokenBody(this.configuration.callbar.maxTokenHours));
      if (faults.length > 0 || value.agent === undefined) {
        throw unprocessable(faults);
      }
      const agent = await findAgent(client, principal.accountId, agentNamed(value.agent));
      if (principal.allowedAgents !== null && !principal.allowedAgents.includes(agent?.id ?? '')) {
        const detail = 'The API client may not act for this agent: its allowed_agents do not name it.';
        throw new ProblemException({ code: 'impersonation-refused', detail });
      }
      if (agent?.active !== true) {
        const detail = 'There is no active agent of this name.';
        const errors = [{ pointer: '/agent', code: 'agent-inactive', detail }];
        throw new ProblemException({ code: 'agent-inactive', detail, errors });
      }
      const issued = await this.callBar.tokens.issue(agent.email, value.expires_in ?? ORDINARY_SECONDS);
      if (issued === null) {
        const detail = 'No tokens are made here: set callbar.secret, or ask the identity provider of callbar.jwksUrl.';
        throw new ProblemException({ code: 'callbar-not-configured', detail });
      }
      const { token, expiresAt: expires_at } = issued;
      return { status: 201, headers: {}, body: { token, expires_at }, keptBody: { token: null, expires_at } };
    });
  }
}

function agentNamed(text: string): AgentName {
  return isUuid(text) ? { id: text.toLowerCase() } : { email: ownAddress(text) };
}
