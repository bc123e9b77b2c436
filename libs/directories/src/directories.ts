import { answerWithInteractions, SigningSettings, verifySigned } from '#libs/webhook';
import type { Directory } from './directory.js';
import { GENERIC_CONTACT_SECRETS, readGenericContacts } from './generic/read.js';
import { genericContactVendor } from './generic/vendor.js';
import { HUBSPOT_SECRETS, readHubSpot } from './hubspot/read.js';
import { readHubSpotBody } from './hubspot/read-body.js';
import { HubSpotSettings } from './hubspot/settings.js';
import { hubSpotVendor } from './hubspot/vendor.js';
import { verifyHubSpot } from './hubspot/verify.js';
import { JSON_SECRETS, readJson } from './json/read.js';
import { readAnyJson } from './json/read-body.js';
import { JsonSettings } from './json/settings.js';
import { jsonVendor } from './json/vendor.js';
import { verifyJson } from './json/verify.js';
import { PIPEDRIVE_SECRETS, readPipedrive } from './pipedrive/read.js';
import { PipedriveSettings } from './pipedrive/settings.js';
import { pipedriveVendor } from './pipedrive/vendor.js';
import { verifyPipedrive } from './pipedrive/verify.js';
import { answerSalesforce } from './salesforce/answer.js';
import { readSalesforce, SALESFORCE_SECRETS } from './salesforce/read.js';
import { readSoapBody, XML_TYPES } from './salesforce/read-body.js';
import { SalesforceSettings } from './salesforce/settings.js';
import { salesforceVendor } from './salesforce/vendor.js';
import { verifySalesforce } from './salesforce/verify.js';
import { readTalkdeskContacts, TALKDESK_CONTACT_SECRETS } from './talkdesk/read.js';
import { TalkdeskContactSettings } from './talkdesk/settings.js';
import { talkdeskContactVendor } from './talkdesk/vendor.js';
import { verifyTalkdeskContacts } from './talkdesk/verify.js';

/** Of every directory (channels.md A). */
const BODY_BYTES = 256 * 1024;
const JSON_ONLY = ['application/json'];

/** Every customer directory that we take webhooks of; one entry each. */
export const DIRECTORIES: readonly Directory[] = [
  {
    name: 'generic',
    settings: SigningSettings,
    verify: (request, { settings }) => verifySigned(request, settings as SigningSettings),
    read: readGenericContacts,
    vendor: genericContactVendor,
    secrets: GENERIC_CONTACT_SECRETS,
    namesNoIntegration: true,
    bodyBytes: BODY_BYTES,
    mediaTypes: JSON_ONLY,
    requestIdHeader: 'webhook-id',
    answer: answerWithInteractions,
  },
  {
    name: 'hubspot',
    settings: HubSpotSettings,
    verify: verifyHubSpot,
    readBody: readHubSpotBody,
    read: readHubSpot,
    vendor: hubSpotVendor,
    secrets: HUBSPOT_SECRETS,
    bodyBytes: BODY_BYTES,
    mediaTypes: JSON_ONLY,
    signsAddress: true,
  },
  {
    name: 'pipedrive',
    settings: PipedriveSettings,
    verify: verifyPipedrive,
    read: readPipedrive,
    vendor: pipedriveVendor,
    secrets: PIPEDRIVE_SECRETS,
    bodyBytes: BODY_BYTES,
    mediaTypes: JSON_ONLY,
  },
  {
    name: 'salesforce',
    settings: SalesforceSettings,
    verify: verifySalesforce,
    readBody: readSoapBody,
    read: readSalesforce,
    vendor: salesforceVendor,
    secrets: SALESFORCE_SECRETS,
    bodyBytes: BODY_BYTES,
    mediaTypes: XML_TYPES,
    secretInAddress: true,
    answer: answerSalesforce,
  },
  {
    name: 'talkdesk',
    settings: TalkdeskContactSettings,
    verify: verifyTalkdeskContacts,
    read: readTalkdeskContacts,
    vendor: talkdeskContactVendor,
    secrets: TALKDESK_CONTACT_SECRETS,
    bodyBytes: BODY_BYTES,
    secretInAddress: true,
  },
  {
    name: 'json',
    settings: JsonSettings,
    verify: verifyJson,
    readBody: readAnyJson,
    read: readJson,
    vendor: jsonVendor,
    secrets: JSON_SECRETS,
    namesNoIntegration: true,
    bodyBytes: BODY_BYTES,
    mediaTypes: JSON_ONLY,
    secretInAddress: true,
  },
];
