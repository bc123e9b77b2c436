import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';

import type { ConfigurationProblem } from './configuration-error.js';
import { ImapConfiguration } from './file/imap-configuration.js';
import { ContactsConfiguration } from './file/contacts-configuration.js';
import { TelephonyConfiguration } from './file/telephony-configuration.js';
import { nearestName } from './checks/nearest-name.js';

/** Builds the class tree and lists every problem by its path. Values are never quoted: one may be a secret. */
export function validateAs<T extends object>(
  type: ClassConstructor<T>,
  plain: object,
): { value: T; problems: ConfigurationProblem[] } {
  const value = plainToInstance(type, plain);
  const errors = validateSync(value, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  return { value, problems: errors.flatMap((error) => flatten(error, '')) };
}

function flatten(error: ValidationError, parent: string): ConfigurationProblem[] {
  const path = pathOf(parent, error.property);
  const own = explain(error);
  return [
    ...(own === null ? [] : [{ path, problem: own }]),
    ...(error.children ?? []).flatMap((child) => flatten(child, path)),
  ];
}

function pathOf(parent: string, property: string): string {
  if (/^\d+$/.test(property)) {
    return `${parent}[${property}]`;
  }
  return parent === '' ? property : `${parent}.${property}`;
}

const kinds = ['isInt', 'isString', 'isBoolean', 'isArray', 'isObject'];

function explain(error: ValidationError): string | null {
  const constraints = error.constraints ?? {};
  if ('whitelistValidation' in constraints) {
    const isOpen = error.target instanceof TelephonyConfiguration || error.target instanceof ContactsConfiguration;
    return isOpen ? null : explainUnknown(error);
  }
  // What is of the wrong kind needs no word about its range.
  const kind = kinds.find((name) => name in constraints);
  const messages = kind === undefined ? Object.values(constraints) : [constraints[kind] ?? ''];
  if (messages.length === 0) {
    return null;
  }
  return error.value === undefined
    ? 'is missing'
    : messages.map((text) => withoutName(text, error.property)).join('; ');
}

/** Settings that were renamed, and what to write now. */
const renamed: Readonly<Record<string, string>> = { secure: 'write `tls: implicit`, `starttls` or `none`' };

function explainUnknown({ target, property }: ValidationError): string {
  const now = renamed[property];
  if (now !== undefined && target instanceof ImapConfiguration) {
    return `is not a setting any more; ${now}`;
  }
  const known = target ? knownNames(target) : [];
  const near = nearestName(property, known);
  return near === null
    ? `is not a known setting; known are ${known.join(', ')}`
    : `is not a known setting; did you mean ${near}?`;
}

function knownNames(target: object): string[] {
  return settingNames(target.constructor as ClassConstructor<object>);
}

/** Names of the settings that a class checks. */
export function settingNames(type: ClassConstructor<object>): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}

function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
