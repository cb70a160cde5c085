import { expect, test } from 'vitest';
import { CommandRunner, type CommandRunnerDeps } from '../../../main/shell/command-runner.ts';

function runner(deps: Partial<CommandRunnerDeps>): CommandRunner {
  const actions = { fail: () => ({ cause: 'internal', title: 'Error', sentence: 'It is ours.' }) };
  return new CommandRunner({ actions, ...deps } as unknown as CommandRunnerDeps);
}

test('a notification opens Settings at its tab', async () => {
  const tabs: string[] = [];
  const run = runner({ showSettings: (tab) => void tabs.push(tab) });
  run.run({ kind: 'show-settings' });
  run.run({ kind: 'show-settings', tab: 'shortcuts' });
  expect(tabs).toEqual(['general', 'shortcuts']);
});

test('a button of a notification opens the window at a link, with its options', async () => {
  const focused: unknown[] = [];
  const run = runner({
    windowState: { focus: (...what) => void focused.push(what) },
    window: { show: (route) => void focused.push(route), toggle: () => {} },
  });
  run.run({ kind: 'show', linkId: 'a', panel: 'options' });
  await expect.poll(() => focused).toEqual([['a', 'options'], 'links']);
});
