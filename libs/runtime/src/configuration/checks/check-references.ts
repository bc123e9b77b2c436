import { checkCallBar } from './check-call-bar.js';
import { checkMailboxes } from './check-mailboxes.js';
import { checkTelephony } from './check-telephony.js';
import type { ConfigurationProblem } from '../configuration-error.js';
import type { FileConfiguration } from '../file/file-configuration.js';
import { nearestName } from './nearest-name.js';

/** What no single field can tell: names that must exist, names that must differ, settings that need each other. */
export function checkReferences(file: FileConfiguration): ConfigurationProblem[] {
  return [
    ...checkGroupNames(file),
    ...checkAllowedAgents(file),
    ...checkDuplicates(file),
    ...checkPairs(file),
    ...checkMailboxes(file.mailboxes),
    ...checkTelephony(file),
    ...checkCallBar(file.callbar),
  ];
}

function checkGroupNames(file: FileConfiguration): ConfigurationProblem[] {
  const { account, groups, mailboxes, agents, telephony, contacts, forms } = file;
  const known = groups.map(({ name }) => name);
  const used = [
    ...(account.defaultGroup === undefined ? [] : [{ path: 'account.defaultGroup', name: account.defaultGroup }]),
    ...mailboxes.map(({ group }, index) => ({ path: `mailboxes[${index}].group`, name: group })),
    ...telephony.flatMap(({ group, numbers }, index) => [
      ...(group === null ? [] : [{ path: `telephony[${index}].group`, name: group }]),
      ...numbers.flatMap((line, inner) =>
        line.group === null ? [] : [{ path: `telephony[${index}].numbers[${inner}].group`, name: line.group }],
      ),
    ]),
    ...Object.entries({ contacts, forms }).flatMap(([list, entries]) =>
      entries.flatMap(({ group }, index) => (group === null ? [] : [{ path: `${list}[${index}].group`, name: group }])),
    ),
    ...agents.flatMap((agent, index) =>
      agent.groups.map((name, inner) => ({ path: `agents[${index}].groups[${inner}]`, name })),
    ),
  ];
  return used
    .filter(({ name }) => !known.includes(name))
    .map(({ path, name }) => ({ path, problem: `there is no group of this name${suggestion(name, known)}` }));
}

function checkAllowedAgents({ apiKeys, agents }: FileConfiguration): ConfigurationProblem[] {
  const known = agents.map(({ email }) => email.toLowerCase());
  return apiKeys.flatMap(({ allowedAgents }, index) =>
    (allowedAgents ?? []).flatMap((email, inner) =>
      known.includes(email.toLowerCase())
        ? []
        : [{ path: `apiKeys[${index}].allowedAgents[${inner}]`, problem: 'is the address of no agent of this file' }],
    ),
  );
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === null ? ` (groups: ${known.join(', ')})` : `; did you mean ${near}?`;
}

function checkDuplicates(file: FileConfiguration): ConfigurationProblem[] {
  return [
    ...duplicates(
      'groups',
      'name',
      file.groups.map(({ name }) => name),
    ),
    ...duplicates(
      'assignmentRules',
      'name',
      file.assignmentRules.map(({ name }) => name),
    ),
    ...duplicates(
      'mailboxes',
      'address',
      file.mailboxes.map(({ address }) => address),
    ),
    ...duplicates(
      'agents',
      'email',
      file.agents.map(({ email }) => email),
    ),
    ...duplicates(
      'apiKeys',
      'name',
      file.apiKeys.map(({ name }) => name),
    ),
    ...duplicates(
      'telephony',
      'key',
      file.telephony.map(({ provider, key }) => `${provider}/${key}`),
    ),
    ...duplicates(
      'contacts',
      'key',
      file.contacts.map(({ key }) => key),
    ),
    ...duplicates(
      'forms',
      'key',
      file.forms.map(({ key }) => key),
    ),
  ];
}

function duplicates(list: string, field: string, values: readonly string[]): ConfigurationProblem[] {
  const folded = values.map((value) => value.toLowerCase());
  return folded.flatMap((value, index) => {
    const first = folded.indexOf(value);
    return first === index
      ? []
      : [{ path: `${list}[${index}].${field}`, problem: `is the same as ${list}[${first}].${field}` }];
  });
}

function checkPairs({ account, groups, mailboxes, smtp }: FileConfiguration): ConfigurationProblem[] {
  const windows = [
    { path: 'account', rules: account },
    ...groups.map((rules, index) => ({ path: `groups[${index}]`, rules })),
  ];
  const missing = windows
    .filter(({ rules }) => rules.reopenPolicy === 'window' && rules.reopenWindowDays === null)
    .map(({ path }) => ({ path: `${path}.reopenWindowDays`, problem: 'is missing; the policy `window` needs it' }));
  const nobodys = mailboxes.flatMap(({ trustedAuthservId, authentication }, index) =>
    trustedAuthservId === null && authentication !== null && authentication !== 'microsoft365'
      ? [{ path: `mailboxes[${index}].trustedAuthservId`, problem: 'is missing; it says whose results are believed' }]
      : [],
  );
  const halfCertificate = (smtp.certificateFile === null) !== (smtp.keyFile === null);
  const problem = 'certificateFile and keyFile are needed together';
  return [...missing, ...nobodys, ...(halfCertificate ? [{ path: 'smtp', problem }] : [])];
}
