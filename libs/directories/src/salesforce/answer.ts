import type { WebhookAnswer } from '#libs/webhook';

/** What Salesforce takes for success; anything else it sends again for a day. */
export function answerSalesforce(): WebhookAnswer {
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: ACKNOWLEDGED };
}

const ACKNOWLEDGED =
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
  '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>' +
  '</soapenv:Body></soapenv:Envelope>';
