import { Controller, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebhookIntake } from './intake.js';

/**
 * Where telephone systems send to. `…/calls` and `…/voicemails` are the same place, but that what is recorded at the latter is a
 * message; a system that signs nothing has its secret as the last segment.
 */
@Controller('webhooks/:provider/:key')
export class WebhookController {
  constructor(@Inject(WebhookIntake) private readonly intake: WebhookIntake) {}

  @Post(['', 'calls', 'voicemails'])
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() params: Called): Promise<void> {
    return this.answer(request, reply, params, false);
  }

  @Post([':secret', 'calls/:secret', 'voicemails/:secret'])
  takeBySecret(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() params: Called): Promise<void> {
    return this.answer(request, reply, params, true);
  }

  /** The sound of a recording, of systems that nobody can reach from outside. */
  @Put('recordings/:recording')
  takeSound(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() params: Called): Promise<void> {
    const { provider, key, recording: recordingId = '' } = params;
    return this.intake.answer({ provider, key, kind: 'recordings', hasSecret: false, recordingId }, request, reply);
  }

  private answer(request: FastifyRequest, reply: FastifyReply, { provider, key }: Called, hasSecret: boolean) {
    const { url = '' } = request.routeOptions;
    const kind = url.includes('/calls') ? 'calls' : url.includes('/voicemails') ? 'voicemails' : null;
    return this.intake.answer({ provider, key, kind, hasSecret }, request, reply);
  }
}

interface Called {
  readonly provider: string;
  readonly key: string;
  readonly recording?: string;
}
