import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { appToStart } from './app-to-start.ts';
import { checkProfile } from './check-profile.ts';
import { parseCommandLine } from './command-line.ts';
import { currentFolder } from './current-folder.ts';
import { defaultProfile } from './default-profile.ts';
import { printOutput } from './print.ts';
import { type CommandOutput, runCommand } from './run-command.ts';
import { startDetached } from './start-detached.ts';

/** Of the app; the build puts it here. */
declare const LINKIFY_VERSION: string;

/**
 * `linkify`: passes its command line to the running app without a start of Electron, then exits.
 * @param folder where the program is
 */
export async function main(folder: string): Promise<void> {
  const output = await run(folder).catch(
    (error: unknown): CommandOutput => ({
      code: 1,
      error: `Linkify Tray met an error: ${String(error)}`,
    }),
  );
  process.exit(await printOutput(output));
}

async function run(folder: string): Promise<CommandOutput> {
  const parsed = parseCommandLine(
    {
      argv: process.argv.slice(1),
      cwd: currentFolder(),
      packaged: true,
      isFile: existsSync,
      program: 'linkify',
    },
    process.env.LINKIFY_TRAY_TOKEN,
  );
  // What this process starts must not inherit it.
  delete process.env.LINKIFY_TRAY_TOKEN;
  if (!parsed.ok) return { code: 2, error: parsed.sentence };
  const { options } = parsed;
  const { action } = options;
  switch (action.kind) {
    case 'help': {
      const { helpText } = await import('./help.ts');
      return { code: 0, out: helpText('linkify', action.command) };
    }
    case 'version':
      return { code: 0, out: `${LINKIFY_VERSION}\n` };
    case 'completion': {
      const { completionScript } = await import('./completion.ts');
      const { settingNames } = await import('../settings/table.ts');
      return { code: 0, out: completionScript(action.shell, settingNames) };
    }
    case 'start':
      // The parser has no such action for this program.
      return { code: 2 };
    default: {
      const chosen = options.userDataDir;
      const profile = chosen ?? defaultProfile(process.platform, process.env, homedir());
      return runCommand({
        folder: profile,
        version: LINKIFY_VERSION,
        command: action,
        options,
        profileProblem: () => checkProfile(profile, chosen !== undefined),
        startApp: () => startDetached(appToStart(folder), profile, options),
        process,
      });
    }
  }
}
