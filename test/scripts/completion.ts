import { SHELLS } from '../../main/cli/commands.ts';
import { completionScript } from '../../main/cli/completion.ts';
import { settingNames } from '../../main/settings/table.ts';

// `npx node test/scripts/completion.ts bash|zsh|fish` prints the completions of both programs, for
// packages: the same as `linkify completion` does. Bash loads them by the name of the command.

const shell = SHELLS.find((name) => name === process.argv[2]);
if (shell === undefined) {
  console.error('Usage: npx node test/scripts/completion.ts bash|zsh|fish');
  process.exit(2);
}
process.stdout.write(completionScript(shell, settingNames));
