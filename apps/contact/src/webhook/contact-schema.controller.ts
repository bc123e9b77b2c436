import { Controller, Get, Header } from '@nestjs/common';
import { CONTACT_EVENT_SCHEMA } from '#libs/directories';

/** What our own webhook of contacts takes, for whoever writes to it: the schema that it checks with. */
@Controller('schemas')
export class ContactSchemaController {
  @Get('contact-event.json')
  @Header('content-type', 'application/schema+json')
  @Header('cache-control', 'public, max-age=3600')
  contactEvent(): Buffer {
    return SCHEMA;
  }
}

const SCHEMA = Buffer.from(`${JSON.stringify(CONTACT_EVENT_SCHEMA, null, 2)}\n`);
