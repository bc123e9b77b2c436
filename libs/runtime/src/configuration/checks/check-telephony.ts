import type { ConfigurationProblem } from '../configuration-error.js';
import type { FileConfiguration } from '../file/file-configuration.js';

/**
 * What single settings of connections and lines cannot tell: numbers that are there twice, connections and engines that are
 * not.
 */
export function checkTelephony({ telephony, agents, transcription }: FileConfiguration): ConfigurationProblem[] {
  const lines = telephony.flatMap(({ numbers }, index) =>
    numbers.map(({ number }, inner) => ({
      path: `telephony[${index}].numbers[${inner}].number`,
      digits: digitsOf(number),
    })),
  );
  const twice = lines.flatMap(({ path, digits }, index) => {
    const first = lines.findIndex((line) => line.digits === digits);
    return first === index ? [] : [{ path, problem: `is the same as ${lines[first]?.path ?? ''}` }];
  });
  const known = telephony.map(({ provider, key }) => `${provider}/${key}`);
  const nowhere = agents.flatMap((agent, index) =>
    Object.keys(agent.telephony)
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: `agents[${index}].telephony.${name}`,
        problem: `there is no connection of this name (connections: ${known.join(', ') || 'none'})`,
      })),
  );
  const unwritten = telephony.flatMap(({ transcripts }, index) =>
    transcripts === 'own' && transcription === null
      ? [
          {
            path: `telephony[${index}].transcripts`,
            problem: 'needs `transcription:`, which says where sounds are sent',
          },
        ]
      : [],
  );
  return [...twice, ...nowhere, ...unwritten];
}

/** However it is written; national spellings are told apart by whoever can read them. */
function digitsOf(number: string): string {
  return number.replace(/[\s()./-]/g, '').replace(/^(\+|00)/, '');
}
