import { join, relative } from 'node:path';
import { launchApp, newProfile, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { SHORTCUT, SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';

const TEXT = `Copied on ${new Date().toISOString()}\n\nexport const greeting = 'Hello from Linkify Tray';\n`;

/**
 * The app's main job once, for machines without a screen: copies a text, presses the shortcut,
 * and opens the link that is then on the clipboard.
 * @returns the exit code: 0 only when the link shows the text
 */
export async function runDemo(): Promise<number> {
  console.log('Starting a desktop without a screen ...');
  const desktop = await startDesktop(console.log);
  try {
    return await demoOn(desktop);
  } finally {
    await desktop.close();
  }
}

async function demoOn(desktop: Desktop): Promise<number> {
  const app = await launchApp({ desktop, profile: await newProfile(desktop, { version: 1 }) });
  try {
    await desktop.clipboard.writeText(TEXT);
    console.log(`Copied a text of ${TEXT.length} characters.`);
    await desktop.key(SHORTCUT);
    console.log(`Pressed ${SHORTCUT_WORDS}.`);
    const link = await desktop.clipboard.waitForText((text) => text.startsWith('http'), 15_000);
    console.log(`On the clipboard: ${link}`);
    const shown = await desktop.notifications.waitFor(() => true);
    console.log(`Notification: ${shown.summary}. ${shown.body.replaceAll('\n', ' ')}`);

    // For some seconds a new link shows nothing, so that it can be taken back unseen.
    const page = await waitFor('the link to open', async () => {
      const answer = await fetch(link, AS_BROWSER);
      return answer.status !== 503 && answer;
    });
    const body = await page.text();
    const readable = page.ok && body.includes('Hello from Linkify Tray');
    console.log(
      `GET ${link} -> ${page.status} ${page.headers.get('content-type')}, ${readable ? 'the text is there' : 'the text is NOT there'}`,
    );
    const picture = join(ROOT, 'test-results', 'start.png');
    await desktop.screenshot(picture);
    console.log(`Screenshot: ${relative(process.cwd(), picture)}`);
    return readable ? 0 : 1;
  } catch (error) {
    for (const { summary, body } of desktop.notifications.all()) {
      console.error(`Notification: ${summary}. ${body}`);
    }
    console.error(app.output());
    throw error;
  } finally {
    await app.close();
  }
}
