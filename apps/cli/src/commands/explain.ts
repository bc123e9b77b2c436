import type { Command } from 'commander';
import { isUuid } from '#libs/interaction';
import type { CommandContext, ExitCode, Outcome } from '../context.js';
import type { Explanation } from '../explain/explanation.js';
import { readFromApi } from '../explain/read-from-api.js';
import { readFromDatabase } from '../explain/read-from-database.js';
import { storyOf } from '../explain/story.js';
import { findApi } from '../installation/api-access.js';
import { withDatabase } from '../installation/with-database.js';

interface ExplainOptions {
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Reads over the Case API when --url is given, else from DATABASE_URL, else from the running standalone.

Examples:
  casewright explain 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10
  CASEWRIGHT_API_KEY=cwk_… casewright explain --url https://cases.acme.example 6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10`;

export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('tell why an interaction ended where it did')
    .argument('<interaction>', 'id of the interaction')
    .option('--url <url>', 'the Case API')
    .option('--key <key>', 'its API key; better in CASEWRIGHT_API_KEY, where other users cannot see it')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (interaction: string, options: ExplainOptions) => {
      context.finish(await explain(context, interaction, options));
    });
}

/** Prints the story of an interaction; 1 when it cannot be read. */
export async function explain(context: CommandContext, id: string, options: ExplainOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (!isUuid(id)) {
    terminal.error(`"${id}" is no interaction id: it is a UUID, as the Case API and the topics show it.`);
    return 2;
  }
  if (options.url !== undefined) {
    const access = await findApi(context, options);
    if (!access.ok) {
      terminal.error(access.reason);
      return 2;
    }
    return tell(context, await readFromApi(access.value, id), options);
  }
  return withDatabase(context, async ({ installation, pool }) => {
    const accountId = installation.configuration.account.id;
    return tell(context, await readFromDatabase(pool, accountId, id.toLowerCase()), options);
  });
}

function tell({ terminal }: CommandContext, found: Outcome<Explanation>, options: ExplainOptions): ExitCode {
  if (!found.ok) {
    terminal.error(found.reason);
    return 1;
  }
  if (options.json === true) {
    terminal.json(found.value);
  } else {
    storyOf(found.value).forEach((line) => terminal.line(line));
  }
  return 0;
}
