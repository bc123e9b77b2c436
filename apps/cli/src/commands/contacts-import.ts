import type { Command } from 'commander';
import { readImportWishes, type ImportOptions } from '../contacts/import/read-import-options.js';
import { runImport } from '../contacts/import/run-import.js';
import type { CommandContext, ExitCode } from '../context.js';

const EXAMPLES = `
The format is found by what the file holds: CSV with a heading in English, Portuguese, Spanish, French, German or Italian, vCards
2.1 to 4.0, or JSON lines in the form of a contact.upserted of the webhook for contacts. What was understood is printed before
anything is done. A row needs an external id (with --integration), an email or a phone; it is found again by the first of
these that it has. Cells that are empty leave what is there.

A run that was stopped, or killed, goes on where it was when it is started again, or with --resume. The same file a second
time changes nothing. Fields for --map: external_id, name, first_name, last_name, company, email, phone, locale, time_zone, url;
a column is named by its heading, or by its number from 1 where there is none.

Limits: name and company 200 characters, email 320, phone 60, a row 64 KiB, the file 1 GiB. A row beyond one is refused, never cut.
Exit codes: 0 every row is taken, 3 done but with rows that are refused or not wholly taken (--report says which), 1 stopped or
failed, 2 asked for in a way that makes no sense.

Examples:
  casewright contacts import contacts.csv --dry-run
  casewright contacts import contatos.csv --country PT --report report.csv
  casewright contacts import people.csv --integration crm --id-column "Customer no." --map name=Nome,phone=Telefone
  casewright contacts import phone.vcf --country DE
  casewright contacts import contatos.csv --resume 0199b0c4-0000-7000-8000-000000000001 --report report.csv`;

/** `casewright contacts import`. The other commands about contacts may have been added before. */
export function addContactsImport(program: Command, context: CommandContext): void {
  const contacts =
    program.commands.find((command) => command.name() === 'contacts') ??
    program.command('contacts').description('people and companies that cases are about');
  contacts
    .command('import')
    .description('take in contacts from a file: CSV, vCard or JSON lines')
    .argument('<file>', 'the file')
    .option('--dry-run', 'read and check every row, and change nothing')
    .option('--integration <name>', 'the system whose ids the rows bear, such as crm')
    .option('--id-column <heading>', 'the column of those ids')
    .option('--map <fields>', 'which column is which: name=Nome,phone=Telefone,email=Email')
    .option('--separator <character>', 'between the cells of CSV; found by itself unless told')
    .option('--encoding <name>', 'of the letters, such as windows-1252; found by itself unless told')
    .option('--country <code>', 'of numbers written without one, such as PT; that of the account unless told')
    .option('--report <file.csv>', 'what became of each row')
    .option('--resume <job>', 'go on with an import that was stopped, or report on one that is done')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: ImportOptions) => {
      context.finish(await importContacts(context, file, options));
    });
}

async function importContacts(context: CommandContext, file: string, options: ImportOptions): Promise<ExitCode> {
  const wishes = readImportWishes(file, options);
  if (!wishes.ok) {
    context.terminal.error(wishes.reason);
    return 2;
  }
  return runImport(context, wishes.value);
}
