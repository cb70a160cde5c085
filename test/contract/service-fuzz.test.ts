import { expect, test } from 'vitest';
import { fuzzRequests } from '../support/service/fuzz-requests.ts';

/** The short form of `npm run test:fuzz`. */
test('whatever is sent, there is a documented answer, never a 5xx, and the service goes on', async () => {
  const result = await fuzzRequests(1_200, 20_261_123);
  expect(result.examples).toEqual([]);
  expect(result.serverErrors, JSON.stringify(result.byStatus)).toBe(0);
  expect(result.undocumented, JSON.stringify(result.byStatus)).toBe(0);
  expect(result.leaks).toBe(0);
  expect(result.requests).toBe(1_200);
  expect(result.stillAnswers).toBe(true);
  // It is no test when everything is refused at the door.
  expect(result.byStatus[200]).toBeGreaterThan(100);
  expect(result.byStatus[400]).toBeGreaterThan(100);
}, 60_000);
