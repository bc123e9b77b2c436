import type { ConfigurationProblem } from './configuration-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Stand for the braces of a reference while YAML, to which braces are syntax, reads the file. */
const [opened, closed] = ['\uE000', '\uE001'];
const reference = new RegExp(`${opened}([A-Za-z_][A-Za-z0-9_]*)${closed}`, 'g');

/** Makes `${NAME}` safe to stand anywhere in YAML, also inside `{ key: ${NAME} }`. */
export function maskReferences(yaml: string): string {
  return yaml.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, `${opened}$1${closed}`);
}

/** Puts the variables' values in. A variable that is not set is a problem at its path. */
export function substituteEnvironment(
  value: unknown,
  environment: Environment,
): { value: unknown; problems: ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const visit = (found: unknown, path: string): unknown => {
    if (typeof found === 'string') {
      return fillIn(found, environment, (problem) => problems.push({ path, problem }));
    }
    if (Array.isArray(found)) {
      return found.map((item, index) => visit(item, `${path}[${index}]`));
    }
    if (typeof found === 'object' && found !== null) {
      const entries = Object.entries(found);
      return Object.fromEntries(entries.map(([key, item]) => [key, visit(item, path === '' ? key : `${path}.${key}`)]));
    }
    return found;
  };
  return { value: visit(value, ''), problems };
}

function fillIn(text: string, environment: Environment, report: (problem: string) => void): string {
  return text.replaceAll(reference, (_match, name: string) => {
    const value = environment[name];
    if (value === undefined || value === '') {
      report(`the environment variable ${name} is not set`);
      return `\${${name}}`;
    }
    return value;
  });
}
