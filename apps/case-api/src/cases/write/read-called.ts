import type { AgentCalled, CaseCalled, ContactCalled, GroupCalled, StatusCalled } from '#libs/case-domain';
import { isUuid, normaliseEmailAddress } from '#libs/interaction';

/** What a reader of names says of a text that is none. */
export interface NoName {
  readonly detail: string;
}

type Reading<Called> = Called | NoName;

/** A bigint has at most 19 digits; 18 are enough and cannot overflow. */
const NUMBER = /^number:([1-9]\d{0,17})$/;
/** E.164. */
export const PHONE = /^\+[1-9]\d{3,14}$/;

export function readCaseCalled(text: string): Reading<CaseCalled> {
  const number = NUMBER.exec(text)?.[1];
  return number === undefined ? byId(text, 'Must be the id of a case, or number:12.') : { by: 'number', value: number };
}

export function readAgentCalled(text: string): Reading<AgentCalled> {
  return byEmail(text) ?? byId(text, 'Must be the id of an agent, or email:ana@acme.example.');
}

export function readGroupCalled(text: string): Reading<GroupCalled> {
  const name = behind('name:', text);
  return name === null ? byId(text, 'Must be the id of a group, or name:Support.') : { by: 'name', value: name };
}

export function readStatusCalled(text: string): Reading<StatusCalled> {
  const key = behind('key:', text);
  return key === null ? byId(text, 'Must be the id of a status, or key:with_the_lab.') : { by: 'key', value: key };
}

export function readContactCalled(text: string): Reading<ContactCalled> {
  const phone = behind('phone:', text);
  const external = behind('external:', text);
  if (phone !== null && PHONE.test(phone)) {
    return { by: 'phone', value: phone };
  }
  if (external !== null && /^[^:]+:./s.test(external)) {
    return { by: 'external', value: external.normalize('NFC') };
  }
  const detail =
    'Must be the id of a contact, email:rita@example.org, phone:+351210000000 or external:hubspot:1246965.';
  return byEmail(text) ?? byId(text, detail);
}

function byEmail(text: string): { readonly by: 'email'; readonly value: string } | null {
  const address = behind('email:', text);
  const normal = address === null ? null : normaliseEmailAddress(address);
  return normal === null ? null : { by: 'email', value: normal };
}

function byId(text: string, detail: string): { readonly by: 'id'; readonly value: string } | NoName {
  return isUuid(text) ? { by: 'id', value: text.toLowerCase() } : { detail };
}

function behind(prefix: string, text: string): string | null {
  return text.startsWith(prefix) && text.length > prefix.length ? text.slice(prefix.length) : null;
}
