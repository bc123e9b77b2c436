import type { ConfigurationProblem } from '../configuration-error.js';
import type { CallBarConfiguration } from '../file/call-bar-configuration.js';

/** Which settings of `callbar:` need, or exclude, each other: what a token is signed with is fixed here. */
export function checkCallBar({
  secret,
  previousSecret,
  jwksUrl,
  issuer,
}: CallBarConfiguration): ConfigurationProblem[] {
  const problems: (readonly [boolean, setting: string, problem: string])[] = [
    [secret !== null && jwksUrl !== null, 'jwksUrl', 'is there beside `secret`: tokens are signed in one way'],
    [jwksUrl !== null && issuer === null, 'issuer', 'is missing; `jwksUrl` needs it'],
    [jwksUrl === null && issuer !== null, 'jwksUrl', 'is missing; `issuer` needs it'],
    [secret === null && previousSecret !== null, 'secret', 'is missing; `previousSecret` is the one before it'],
    [secret !== null && secret === previousSecret, 'previousSecret', 'is the same as `secret`'],
  ];
  return problems.flatMap(([isWrong, setting, problem]) => (isWrong ? [{ path: `callbar.${setting}`, problem }] : []));
}
