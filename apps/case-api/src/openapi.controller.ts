import { Controller, Get, Header } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from './openapi.js';

/** The description of the API, for anybody: it holds nothing of any account. */
@Controller()
export class OpenApiController {
  private description: Promise<OpenAPIObject> | null = null;

  @Get('openapi.json')
  @Header('cache-control', 'public, max-age=300')
  async read(): Promise<OpenAPIObject> {
    this.description ??= describeApi();
    return this.description;
  }
}
