import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { soak } from '../support/soak/soak.ts';

/** The short form of `npm run test:soak`: two minutes with starts and the end. */
const MINUTES = 1;

let desktop: Desktop;

beforeAll(async () => {
  desktop = await startDesktop();
});

afterAll(() => desktop?.close());

test('a server and the app in mixed use lose no link, and leave nothing of ended ones', async () => {
  const results = await soak(desktop, MINUTES);
  for (const { name, acknowledged, checked, doneSteps, failedSteps, steps } of results) {
    const times = steps.map(({ what, ms }) => `${what} ${ms} ms`).join(', ');
    console.log(
      `${name}: ${acknowledged} links, ${checked} checked, ${doneSteps} steps, ${failedSteps} failed; ${times}`,
    );
  }
  expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  for (const { doneSteps, ended } of results) {
    expect(doneSteps).toBeGreaterThan(10);
    expect(ended).toBeGreaterThan(0);
  }
}, 240_000);
