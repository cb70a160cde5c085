import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { startTestService, textSeed } from './run.ts';

// Shares in the network that it runs in, follows its links, and takes interfaces away: what links
// carry each time, and whether they open, as JSON.

const events: string[] = [];
const running = await startTestService({
  reach: 'network',
  log: ({ event, name }) => void events.push(`${event} ${name ?? ''}`.trim()),
});

async function visit() {
  await running.service.freshBaseUrl();
  // From this computer's own address it opens before its delay has passed.
  const { link } = await running.api.share(textSeed('in this room'), { graceSeconds: 60 });
  const page = await new Promise<string>((resolve, reject) => {
    get(link, { agent: false }, (response) => text(response).then(resolve, reject)).once(
      'error',
      reject,
    );
  });
  const checked = await running.service.checkReach();
  return { host: new URL(link).hostname, opens: page.includes('in this room'), ...checked };
}

const automatic = await visit();
const { addresses, chooseInterface } = running.service;
const all = addresses();
const last = all.at(-1)?.name ?? '';
chooseInterface(last);
const chosen = await visit();
if (last !== '') if (last !== '') execFileSync('ip', ['link', 'del', last]);
const away = await visit();
chooseInterface(undefined);
chooseInterface(last);
console.log(JSON.stringify({ automatic, chosen, away, all, events }));
await running.end();
