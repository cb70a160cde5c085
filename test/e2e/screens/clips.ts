import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';
import { text as message } from '../../support/text.ts';

/** Copies a text and waits until the app has it in its clipboard history. */
export async function copyText(desktop: Desktop, text: string): Promise<void> {
  await desktop.clipboard.writeText(text);
  await waitFor('the app to notice', async () =>
    (await desktop.tray.layout()).some(({ label }) =>
      label.includes(message('clipText', { count: [...text].length })),
    ),
  );
}
