import { Controller, Get, Inject, Options, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Form, Forms } from './forms.js';

/** Web forms: a token, then what was written (channels.md D). */
@Controller('forms/:key')
export class FormController {
  constructor(@Inject(Forms) private readonly forms: Forms) {}

  @Get('token')
  token(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Param('key') key: string) {
    const form = this.admit(request, reply, key);
    void reply.header('cache-control', 'no-store');
    return { token: this.forms.issueToken(form), min_seconds: form.minSeconds };
  }

  @Options(['', 'token'])
  preflight(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): void {
    const form = this.forms.find(key);
    void reply.headers(this.forms.preflightOf(form, request.headers.origin)).code(204);
  }

  @Post()
  async submit(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<Record<string, unknown>> {
    const form = this.admit(request, reply, key);
    await this.forms.take(form, request);
    void reply.code(202);
    return { state: 'received' };
  }

  private admit(request: FastifyRequest, reply: FastifyReply, key: string): Form {
    const form = this.forms.find(key);
    void reply.headers(this.forms.headersOf(form, request.headers.origin));
    return form;
  }
}
