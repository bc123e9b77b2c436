import { Inject, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration, ProblemError } from '#libs/runtime';
import { AllowedOrigins, type OriginHeaders } from './allowed-origins.js';
import { originProblem, tokenProblem } from './call-bar-problems.js';
import { CallBarResults } from './call-bar-results.js';
import { CallBarTokens } from './call-bar-tokens.js';

interface AskedRequest {
  readonly headers: { readonly authorization?: string; readonly origin?: string };
}
interface AnsweringReply {
  headers(values: OriginHeaders): unknown;
}

/** What the part that takes events and the part that reads them share: who asks, from where, and what became of it. */
@Injectable()
export class CallBar implements OnModuleDestroy {
  readonly tokens: CallBarTokens;
  readonly origins: AllowedOrigins;
  readonly results: CallBarResults;

  constructor(@Inject(CONFIGURATION) { callbar, account }: Configuration, @Inject(POOL) pool: Pool) {
    this.tokens = new CallBarTokens(callbar);
    this.origins = new AllowedOrigins(callbar.allowedOrigins);
    this.results = new CallBarResults(pool, account.id);
  }

  /**
   * The agent of a request: email or id. Headers for its browser are on the answer, whatever that is.
   *
   * @throws ProblemError 403 for a page that may not ask, 401 for a token that names nobody, 503.
   */
  async admit(request: AskedRequest, reply: AnsweringReply): Promise<string> {
    const headers = this.origins.headersFor(request.headers.origin);
    if (headers === null) {
      throw new ProblemError(originProblem());
    }
    void reply.headers(headers);
    const verdict = await this.tokens.verify(request.headers.authorization);
    if (!verdict.ok) {
      throw new ProblemError(tokenProblem(verdict.code));
    }
    return verdict.agent;
  }

  /** @throws ProblemError 403 for a page that may not ask. */
  preflight(request: AskedRequest, reply: AnsweringReply, methods: string): void {
    const headers = this.origins.preflightFor(request.headers.origin, methods);
    if (headers === null) {
      throw new ProblemError(originProblem());
    }
    void reply.headers(headers);
  }

  async onModuleDestroy(): Promise<void> {
    await this.results.close();
  }
}

/** The call bar of one process; needs POOL and CONFIGURATION of the application. */
@Module({ providers: [CallBar], exports: [CallBar] })
export class CallBarModule {}
