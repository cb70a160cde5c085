import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { PortEvent } from '../../main/server/network/pages-listener.ts';
import { startTestService, textSeed } from '../support/service/run.ts';

describe('the port that links carry', () => {
  const occupy = async (link: string): Promise<() => Promise<void>> => {
    const squatter = createServer((_request, response) => response.end('not ours'));
    await new Promise<void>((resolve) =>
      squatter.listen(Number(new URL(link).port), '127.0.0.1', resolve),
    );
    return async () => {
      squatter.closeAllConnections();
      await new Promise((resolve) => squatter.close(resolve));
    };
  };
  const fresh = { headers: { connection: 'close' } };
  const opens = async (link: string): Promise<boolean> =>
    (await fetch(link, fresh).then((answer) => answer.text())).includes('still here');

  test('is kept over a restart', async () => {
    const first = await startTestService();
    const share = await first.api.share(textSeed('still here'));
    await first.stop();
    const second = await startTestService({ dataDir: first.dataDir });
    expect(await opens(share.link)).toBe(true);
    await second.end();
  });

  test('is had again once another program gives it free; nothing handed out meanwhile is lost', async () => {
    const news: PortEvent[] = [];
    const first = await startTestService();
    const old = await first.api.share(textSeed('still here'));
    const usual = Number(new URL(old.link).port);
    await first.stop();

    const free = await occupy(old.link);
    const onPort = (one: PortEvent): void => void news.push(one);
    const second = await startTestService({ dataDir: first.dataDir, onPort });
    const moved = (await second.api.call('GET', `/share/${old.id}`)).json.link;
    const fallbackPort = Number(new URL(moved).port);
    expect(fallbackPort).not.toBe(usual);
    expect(news).toEqual([{ kind: 'taken', usual, fallbackPort }]);
    expect(await opens(moved)).toBe(true);
    const meanwhile = await second.api.share(textSeed('still here too'));
    expect(Number(new URL(meanwhile.link).port)).toBe(fallbackPort);

    await free();
    await expect.poll(() => news.at(-1), { timeout: 10_000 }).toEqual({ kind: 'back', usual });
    expect(await opens(old.link)).toBe(true);
    expect(await opens(meanwhile.link)).toBe(true);
    expect(Number(new URL(second.service.pagesBaseUrl()).port)).toBe(usual);
    await second.stop();

    // Also in later runs, whichever of them is free.
    const third = await startTestService({ dataDir: first.dataDir });
    expect(await opens(old.link)).toBe(true);
    expect(await opens(meanwhile.link)).toBe(true);
    await third.stop();
    const freeAgain = await occupy(old.link);
    const fourth = await startTestService({ dataDir: first.dataDir });
    expect(Number(new URL(fourth.service.pagesBaseUrl()).port)).toBe(fallbackPort);
    await fourth.end();
    await freeAgain();
  });

  test('is let go of while it is waited for, when the service ends', async () => {
    const first = await startTestService();
    const old = await first.api.share(textSeed('still here'));
    await first.stop();
    const free = await occupy(old.link);
    const second = await startTestService({ dataDir: first.dataDir });
    await second.end();
    await free();
    // Whoever comes next gets it.
    await (await occupy(old.link))();
  });
});
