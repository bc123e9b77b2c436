import { Instant, Text } from '../resources/properties.js';

/** An address that opens one content without a key. */
export class ContentLinkResource {
  @Text({
    description: 'To be resolved against the address of this request. It is a secret for as long as it is valid.',
    example: '/v1/content-links/bxyaUn0O…/kq3vZ…',
  })
  url!: string;
  @Instant() expires_at!: string;
}
