import { InvalidArgumentError, type Command } from 'commander';

/** The option of every command that makes a version. */
export function withReason(command: Command): Command {
  return command.option('--reason <text>', 'why; kept with every change, and in the audit log', reason);
}

/** What the admin API takes, refused here too for when none is asked. */
function reason(text: string): string {
  if (/^[^\p{Cc}\p{Cs}]{1,500}$/u.test(text)) return text;
  throw new InvalidArgumentError('It is one line of 1 to 500 characters.');
}
