import { existsSync, readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { postgresProblem } from '../support/service/postgres-server.ts';
import { sendForm } from '../support/service/run.ts';
import { NGINX, startTeam, type Team } from '../support/service/team.ts';
import { windowText } from '../support/text.ts';
import { fetchRaw, pressForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { closeSettings, openSettings } from './screens/settings.ts';
import { clearScreen, openWindow } from './screens/window.ts';

// A team's servers with a certificate of their own authority. One process is killed halfway.

const ceph = await cephForTests();
const problem =
  postgresProblem ??
  (ceph.kind === 'missing' ? ceph.reason : undefined) ??
  (existsSync(NGINX) ? undefined : 'the Debian package nginx is not installed');

describe.skipIf(problem !== undefined)(
  `a team's servers${problem === undefined ? '' : `: ${problem}`}`,
  () => {
    let desktop: Desktop;
    let app: DrivenApp;
    let team: Team;
    let locked = '';
    const trusted = getCACertificates('default');

    beforeAll(async () => {
      if (ceph.kind === 'missing') return;
      team = await startTeam((await ceph.newBucket()).location);
      // For the requests of this test, which are a recipient's.
      setDefaultCACertificates([...trusted, readFileSync(team.certificateFile, 'utf8')]);
      desktop = await startDesktop();
      app = await driveApp({ desktop, env: { SSL_CERT_FILE: team.certificateFile } });
    });
    afterAll(async () => {
      setDefaultCACertificates(trusted);
      await app?.close();
      await desktop?.close();
      await team?.end();
    });

    afterEach(() => clearScreen(app, desktop));

    async function share(text: string): Promise<string> {
      await desktop.clipboard.writeText(text);
      const link = await pressForLink(desktop);
      expect(link.startsWith(`${team.url}/s/`)).toBe(true);
      expect(Buffer.from(await fetchRaw(link)).toString()).toBe(text);
      return link;
    }
    const statusOf = async (link: string) => (await fetch(link)).status;

    test('a user connects by address and token', async () => {
      const token = team.users('add', 'Anna');
      const settings = await openSettings(app, desktop, 'sharingTab');
      const { page } = settings;
      await page
        .locator('.setting', { has: page.getByText(windowText('service'), { exact: true }) })
        .getByRole('combobox')
        .selectOption('custom');
      await page.getByLabel(windowText('serviceUrl')).fill(`${team.url}/api`);
      await page.getByLabel(windowText('serviceToken')).fill(token);
      await page.keyboard.press('Enter');
      await answerConfirmation(desktop, 'yes');
      await page.getByText(windowText('serverConnectedAs', { name: 'Anna' })).waitFor();
      await closeSettings(app, settings);
    });

    test('the shortcut shares there; a password is added to the link', async () => {
      locked = await share('shared with the team');
      const appWindow = await openWindow(app, desktop);
      const row = appWindow.row(/shared with the team/);
      await row.waitFor();
      await appWindow.act(/shared with the team/, 'details');
      await appWindow.choose('options');
      const field = row.getByLabel(windowText('password'), { exact: true });
      await field.fill('open sesame');
      await field.press('Enter');
      await appWindow.page.getByText(windowText('optionsChanged')).first().waitFor();
      expect(await (await fetch(locked, AS_BROWSER)).text()).not.toContain('shared with the team');
    });

    test('a share is undone', async () => {
      const link = await share('shared by mistake');
      const appWindow = await openWindow(app, desktop);
      await appWindow.button(`${windowText('undo')}: shared by mistake`).click();
      await waitFor('the link to close', async () => (await statusOf(link)) === 410);
    });

    test('after one process was killed links open, the first one with its password only', async () => {
      // More than the database holds: in the bucket.
      const text = `large ${'text '.repeat(60_000)}`;
      const large = await share(text);
      // The one that got all requests: ip_hash gives it 127.0.0.0/24.
      await team.servers[0]?.kill('SIGKILL');
      expect(Buffer.from(await fetchRaw(large)).toString()).toBe(text);
      const wrong = await sendForm(locked, { password: 'wrong' });
      expect(wrong.status).toBe(403);
      expect(wrong.text).not.toContain('shared with the team');
      const right = await sendForm(locked, { password: 'open sesame' });
      const opened = new URL(right.headers.get('location') ?? '', locked);
      expect(await (await fetch(opened, AS_BROWSER)).text()).toContain('shared with the team');
    });

    test('and sharing still works', async () => {
      await share('shared with one server left');
    });
  },
);
