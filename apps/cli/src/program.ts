import { Command, CommanderError } from 'commander';
import { addAddress } from './commands/address.js';
import { addBench } from './commands/bench.js';
import { addAgents } from './commands/api/agents.js';
import { addAttachments } from './commands/api/attachments.js';
import { addCallBar } from './commands/callbar.js';
import { addCaseFields } from './commands/api/case-fields.js';
import { addCases } from './commands/api/cases.js';
import { addClients } from './commands/clients.js';
import { addContacts } from './commands/api/contacts.js';
import { addContactsImport } from './commands/contacts-import.js';
import { addContent } from './commands/content.js';
import { addDeadLetters } from './commands/dead-letters.js';
import { addDeliveries } from './commands/api/deliveries.js';
import { addDoctor } from './commands/doctor.js';
import { addErasures } from './commands/api/erasures.js';
import { addExplain } from './commands/explain.js';
import { addFormSnippet } from './commands/form-snippet.js';
import { addGroups } from './commands/api/groups.js';
import { addInteractions } from './commands/api/interactions.js';
import { addMailbox } from './commands/mailbox.js';
import { addNormalise } from './commands/normalise.js';
import { addPlay } from './commands/play.js';
import { addQuarantine } from './commands/api/quarantine.js';
import { addRules } from './commands/api/rules.js';
import { addSend } from './commands/send.js';
import { addTalkdesk } from './commands/talkdesk.js';
import { addTopics } from './commands/topics.js';
import type { ByteOutput, CommandContext, ExitCode } from './context.js';
import { messageOf } from './context.js';
import type { Terminal } from './terminal.js';

const HELP = `
Commands find the running standalone by its data folder (DATA_DIR, ./data unless set); DATABASE_URL, KAFKA_BROKERS and
the configuration file (CASEWRIGHT_CONFIG) win over it.

Exit codes: 0 done, 1 failed, 2 asked for in a way that makes no sense, 3 (imports) done but for rows that are reported.`;

const COMMANDS = [
  addSend,
  addPlay,
  addCases,
  addAttachments,
  addInteractions,
  addContacts,
  addNormalise,
  addMailbox,
  addExplain,
  addContent,
  addAddress,
  addTopics,
  addTalkdesk,
  addFormSnippet,
  addQuarantine,
  addErasures,
  addDeliveries,
  addClients,
  addCallBar,
  addCaseFields,
  addAgents,
  addGroups,
  addRules,
  addDeadLetters,
  addDoctor,
  addBench,
  addContactsImport,
];

interface Surroundings {
  readonly terminal: Terminal;
  readonly output: ByteOutput;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Runs one command line, without the program's own name, to its exit code. Never rejects. */
export async function runCommandLine(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = 0;
  const finish = (end: ExitCode): void => void (code = end);
  const program = createProgram({ ...surroundings, finish });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    surroundings.terminal.error(`It failed: ${messageOf(error)}.`);
    return 1;
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const everyLine = (write: (line: string) => void) => (text: string) => text.trimEnd().split('\n').forEach(write);
  const program = new Command('casewright')
    .description('Casewright turns mail, calls and voicemails into cases.')
    .addHelpText('after', HELP)
    .showHelpAfterError('(--help lists what is possible)')
    .exitOverride()
    .configureOutput({
      writeOut: everyLine((line) => terminal.line(line)),
      writeErr: everyLine((line) => terminal.error(line)),
    });
  COMMANDS.forEach((add) => add(program, context));
  return program;
}
