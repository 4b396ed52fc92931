import type { Command } from 'commander';
import { CliError } from '../exit.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/**
 * A script that completes the commands and the flags of a program, to be read by a shell when it starts.
 * @throws CliError for a shell that is not known
 */
export function completionOf(program: Command, shell: string): string {
  const known = SHELLS.find((each) => each === shell);
  if (known === undefined) throw new CliError('usage', `completion takes ${SHELLS.join(', ')}, not "${shell}".`);
  const commands = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description(),
    flags: [...command.options, ...program.options].flatMap(({ long }) => (long ? [long] : [])),
  }));
  return WRITERS[known](commands);
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly string[];
}

const WRITERS: Record<(typeof SHELLS)[number], (commands: readonly Completed[]) => string> = {
  bash: (commands) => `_quire() {
  local word="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${commands.map(({ name, flags }) => `    ${name}) COMPREPLY=($(compgen -f -W "${flags.join(' ')}" -- "$word"));;`).join('\n')}
    *) COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$word"));;
  esac
}
complete -F _quire quire`,
  zsh: (commands) => `#compdef quire
_quire() {
  if (( CURRENT == 2 )); then
    compadd ${commands.map(({ name }) => name).join(' ')}
    return
  fi
  case "$words[2]" in
${commands.map(({ name, flags }) => `    ${name}) compadd -- ${flags.join(' ')}; _files;;`).join('\n')}
  esac
}
compdef _quire quire`,
  fish: (commands) =>
    commands
      .flatMap(({ name, summary, flags }) => [
        `complete -c quire -n __fish_use_subcommand -a ${name} -d '${summary.replaceAll("'", '’')}'`,
        ...flags.map((flag) => `complete -c quire -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`),
      ])
      .join('\n'),
};
