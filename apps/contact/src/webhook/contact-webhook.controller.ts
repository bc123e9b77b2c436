import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CONTACTS, WebhookIntake } from '#libs/channel-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where customer directories send to; one that signs nothing has its secret as the last segment. */
@Controller('webhooks/contacts/:key')
export class ContactWebhookController {
  constructor(@Inject(WebhookIntake) private readonly intake: WebhookIntake) {}

  @Post()
  take(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    return this.intake.answer({ provider: CONTACTS, key, kind: null, hasSecret: false }, request, reply);
  }

  @Post(':secret')
  takeBySecret(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    return this.intake.answer({ provider: CONTACTS, key, kind: null, hasSecret: true }, request, reply);
  }
}
