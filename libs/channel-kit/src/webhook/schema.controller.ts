import { Controller, Get, Header } from '@nestjs/common';
import { CALL_EVENT_SCHEMA } from '#libs/telephony';

/** What our own webhook takes, for whoever writes to it: the schema that it checks with. */
@Controller('schemas')
export class SchemaController {
  @Get('call-event.json')
  @Header('content-type', 'application/schema+json')
  @Header('cache-control', 'public, max-age=3600')
  callEvent(): Buffer {
    return SCHEMA;
  }
}

const SCHEMA = Buffer.from(`${JSON.stringify(CALL_EVENT_SCHEMA, null, 2)}\n`);
