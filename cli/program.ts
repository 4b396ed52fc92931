import type { Readable, Writable } from 'node:stream';
import { Command, CommanderError } from 'commander';
import { QuireClient } from '../client/index.ts';
import { completionOf } from './commands/completion.ts';
import { type GenerateFlags, generateCommand } from './commands/generate.ts';
import { type InspectFlags, inspectDeadLetters } from './commands/inspect.ts';
import { cancelCommand, type Service, statusCommand } from './commands/jobs.ts';
import { type ListFlags, listCommand } from './commands/list.ts';
import { type RedriveFlags, redriveCommand } from './commands/redrive.ts';
import { renderCommand } from './commands/render.ts';
import { type ShareFlags, shareCommand } from './commands/share.ts';
import { CliError, EXIT, endingOf, told } from './exit.ts';
import { Screen } from './screen.ts';
import { type Flags, readSettings } from './settings.ts';
import { signerOf } from './sign.ts';
import type { ReportFlags } from './spec.ts';

/** What a command runs in. */
export interface World {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly version: string;
}

type GlobalFlags = Flags & { readonly json?: boolean; readonly quiet?: boolean };

/**
 * Runs one command.
 * @param argv what stands behind the program's name
 * @returns what the process ends with
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  const program = programOf(world);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return EXIT.done[0];
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done[0] : EXIT.usage[0];
    world.stderr.write(`quire: ${told(error)}\n`);
    return EXIT[endingOf(error)][0];
  }
}

function programOf(world: World): Command {
  const { stdin, stdout, stderr, environment, signal, version } = world;
  const program = new Command('quire')
    .description('Rows in, XLSX and PDF reports out.')
    .version(version)
    .option('--address <url>', 'of the API, with its stage (QUIRE_ADDRESS)')
    .option('--auth <how>', 'iam, token or none (QUIRE_AUTH)')
    .option('--token <token>', 'a bearer token (QUIRE_TOKEN)')
    .option('--region <region>', 'of the API, for iam (QUIRE_REGION, AWS_REGION)')
    .option('--profile <name>', 'of the configuration file (QUIRE_PROFILE)')
    .option('--json', 'print JSON')
    .option('-q, --quiet', 'print data and errors alone')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) });
  const flags = () => program.opts<GlobalFlags>();
  const screen = () => {
    const { json = false, quiet = false } = flags();
    return new Screen({ json, quiet }, stdout, stderr, environment);
  };
  const service = async (): Promise<Service> => {
    const settings = readSettings(flags(), environment);
    const quire = new QuireClient({ address: settings.address, sign: await signerOf(settings) });
    return { quire, screen: screen() };
  };
  const streams = { stdin, stdout, signal };

  reported(program.command('generate [file]').summary('make a report of a file of rows, or a defined one'))
    .description(
      'Uploads a file of rows (- for standard input), or names a report that the service defines, waits for the file, ' +
        'downloads it and checks its SHA-256.',
    )
    .option('-r, --report <name>', 'a report that the service defines, instead of a file')
    .option('-p, --param <name=value>', 'of that report, again for each; JSON or text', appended, [])
    .option('--reference <text>', 'echoed back by the API')
    .option('--key <key>', 'an Idempotency-Key: the same command again is the same job')
    .option('--no-wait', 'print the id of the job and end')
    .action(async (file: string | undefined, options: GenerateFlags) =>
      generateCommand(file, options, await service(), streams),
    );
  program
    .command('status <id>')
    .summary('where a job stands')
    .description('Tells where a job stands, with a link to its file once it is done.')
    .action(async (id: string) => statusCommand(id, await service(), signal));
  program
    .command('cancel <id>')
    .summary('end a job before it is done')
    .description('Ends a job that is not done yet.')
    .action(async (id: string) => cancelCommand(id, await service(), signal));
  chosen(program.command('list').summary('the jobs, newest first'))
    .description('Lists jobs, newest first.')
    .option('--status <status>', 'queued, processing, done, error or cancelled')
    .option('--limit <number>', 'how many at most', '20')
    .action(async (options: ListFlags) => listCommand(options, await service(), signal));
  chosen(program.command('redrive [ids...]').summary('open failed jobs again'))
    .description(
      'Opens jobs that ended as error again: those that are named, or all that the options choose. Those are shown first, ' +
        'and opened with --yes.',
    )
    .option('--code <code>', 'that failed for this reason, such as INTERNAL')
    .option('-y, --yes', 'open those that the options choose')
    .action(async (ids: string[], options: RedriveFlags) => redriveCommand(ids, options, await service(), signal));
  program
    .command('share <id>')
    .summary('a link to a report, for a mail')
    .description('Makes a link to a report that opens it without credentials, lists such links, or ends one.')
    .option('--days <number>', 'make a link for so many days')
    .option('--downloads <number>', 'that may be used so often')
    .option('--list', 'show the links that there are')
    .option('--revoke <share>', 'end a link')
    .action(async (id: string, options: ShareFlags) => shareCommand(id, options, await service(), signal));
  program
    .command('inspect <what>')
    .summary('dead-letters: messages that failed')
    .description(
      'Shows the messages of a dead-letter queue and leaves them there. It reads the queue itself, with AWS credentials.',
    )
    .option('--queue <url>', 'the output DeadLetterQueueUrl of the stack (QUIRE_QUEUE)')
    .action((what: string, { queue = environment.QUIRE_QUEUE }: InspectFlags) => {
      if (what !== 'dead-letters') throw new CliError('usage', `inspect takes dead-letters, not "${what}".`);
      return inspectDeadLetters({ queue }, flags().region ?? environment.QUIRE_REGION, screen(), signal);
    });
  reported(program.command('render <file>').summary('make a report without any service'))
    .description('Makes a report of a file of rows (- for standard input) on this machine: no service, no account.')
    .action((file: string, options: ReportFlags) => renderCommand(file, options, screen(), streams));
  program
    .command('completion <shell>')
    .summary('a completion script')
    .description('Prints a script for bash, zsh or fish: source <(quire completion bash)')
    .action((shell: string) => {
      stdout.write(`${completionOf(program, shell)}\n`);
    });
  return program;
}

function appended(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The flags that choose jobs. */
function chosen(command: Command): Command {
  return command
    .option('-f, --format <format>', 'xlsx or pdf')
    .option('--reference <text>', 'with exactly this reference')
    .option('--newer-than <age>', 'made within 30m, 12h, 7d, or since an instant')
    .option('--older-than <age>', 'made before that');
}

/** The flags that describe a report. */
function reported(command: Command): Command {
  return command
    .option('-f, --format <format>', 'xlsx or pdf; by the name of the output where it is left out')
    .option('-o, --out <file>', 'where the report goes; - is standard output')
    .option('-t, --title <title>', 'shown in the report; the name of the file where it is left out')
    .option('-c, --columns <file>', 'JSON: a list of columns, or an object with any member of a request')
    .option('-g, --group-by <key>', 'a column by which rows are grouped')
    .option('--locale <tag>', 'BCP 47, such as pt-BR')
    .option('--time-zone <zone>', 'IANA, such as America/Sao_Paulo')
    .option('-i, --input <format>', 'csv, ndjson, json or parquet; by the name of the file where it is left out')
    .option('--delimiter <character>', 'between the fields of a CSV');
}

const HELP = `
Examples:
  quire render sales.csv --out sales.pdf
  quire generate sales.csv --format pdf --out sales.pdf --columns columns.json
  quire generate --report orders --param year=2026 --out orders.xlsx
  quire redrive --code INTERNAL --newer-than 12h
  psql -c 'COPY sales TO STDOUT CSV HEADER' | quire generate - --out sales.xlsx

Exit codes:
${Object.values(EXIT)
  .map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}`)
  .join('\n')}

Data goes to standard output, everything else to standard error. NO_COLOR and TERM=dumb leave the moving line out.
`;
