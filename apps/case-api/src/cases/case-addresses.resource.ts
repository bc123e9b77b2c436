import { Many, Text } from '../resources/properties.js';

export class MailboxAddressResource {
  @Text({ example: 'support@acme.example' }) mailbox!: string;
  @Text({
    description: 'Mail to it finds the case.',
    example: 'support+cwaebagbafaydqqcikbmga2dqpcaireehjxm4xk3tqn5oa@acme.example',
  })
  address!: string;
  @Text({
    description: 'A fresh Message-ID for one mail that is sent about the case: replies to it find the case.',
    example: '<0199a3c2-6f5e-7c1d-9b7a-2f1f5c0e8d11.cwaebagbafaydqqcikbmga2dqpcaireehjxm4xk3tqn5oa@acme.example>',
  })
  message_id!: string;
}

export class CaseAddressesResource {
  @Many(() => MailboxAddressResource, {
    description: 'The mailbox that the case came through first; empty while no secret signs addresses.',
  })
  data!: MailboxAddressResource[];
}
