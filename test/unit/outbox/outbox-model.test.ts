import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ShareHead } from '../../../main/outbox/schema.ts';
import { modelWorld, runApp, type ServiceBehavior } from '../../support/outbox-model.ts';

/**
 * Any order of events: presses, services that come, go, lose answers and are slow, discards, sends by
 * hand, revokes, cancels, quits, and kills at any event, before it or after it. At the end everything
 * works again, and each thing that someone wanted to share is one living link on the list.
 */

const RUNS = Number(process.env.MODEL_RUNS ?? 300);

type Step =
  | { readonly do: 'press'; readonly texts: 1 | 3; readonly cancelAfter?: number }
  | { readonly do: 'service'; readonly down: boolean }
  | { readonly do: 'mood'; readonly mood: ServiceBehavior }
  | { readonly do: 'release' }
  | {
      readonly do: 'discard' | 'revoke' | 'send' | 'send-here' | 'press-again';
      readonly which: number;
    }
  | { readonly do: 'advance'; readonly seconds: number }
  | { readonly do: 'kill-after'; readonly events: number }
  | { readonly do: 'quit' };

const steps = fc.array(
  fc.record({
    step: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('press' as const),
          texts: fc.constantFrom(1 as const, 3 as const),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('press' as const),
          texts: fc.constantFrom(1 as const, 3 as const),
          cancelAfter: fc.nat(12),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('service' as const), down: fc.boolean() }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('mood' as const),
          mood: fc.constantFrom<ServiceBehavior>('works', 'loses-the-answer', 'refuses', 'is-slow'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constantFrom(
            'discard' as const,
            'revoke' as const,
            'send' as const,
            'send-here' as const,
            'press-again' as const,
          ),
          which: fc.nat(5),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.nat(400) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('kill-after' as const), events: fc.nat(14) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('quit' as const) }) },
    ),
    turns: fc.nat(12),
  }),
  { maxLength: 25 },
);

const textOf = ({ items: [first] }: ShareHead): string =>
  first?.kind === 'text' ? first.text : '';

interface Wanted {
  readonly key: string;
  readonly texts: readonly string[];
  state: 'pending' | 'made' | 'kept' | 'none';
  /** Fewest and most living links that may be there at the end. */
  least: number;
  most: number;
  /** Asked for and not heard of: after a kill the list may not know that it is done. */
  revoking?: string;
}

async function play(run: readonly { readonly step: Step; readonly turns: number }[]) {
  const world = modelWorld();
  const wanted: Wanted[] = [];
  let lossy = false;
  let app = runApp(world);
  app.start();

  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const onDisk = (key: string): boolean =>
    JSON.stringify(world.disk.store.load()).includes(`"${key}`);
  const onList = (key: string): boolean =>
    world.database
      .rows<{ readonly link: string }>('select link from links')
      .some(({ link }) => link.includes(`"${key}`));
  const wantedOf = (text: string): Wanted | undefined =>
    wanted.find(({ key }) => text.startsWith(key));

  const textOfLink = (id: string): string =>
    [...world.there.living(), ...world.here.living()].find(({ share }) => share.id === id)
      ?.texts[0] ?? '';

  const restart = (): void => {
    app.kill();
    lossy = true;
    for (const want of wanted) {
      if (want.state !== 'pending') continue;
      // What was not on disk yet was never said to be kept.
      want.state = 'none';
      if (!onDisk(want.key) && !onList(want.key)) want.least = 0;
    }
    app = runApp(world);
    app.start();
  };
  const alive = (): void => {
    if (app.isDead()) restart();
  };

  const press = (texts: 1 | 3, cancelAfter: number | undefined): void => {
    const key = `press ${wanted.length}.`;
    const parts = texts === 1 ? [`${key} a`] : [`${key} a`, `${key} b`, `${key} c`];
    const want: Wanted = { key, texts: parts, state: 'pending', least: 1, most: 1 };
    wanted.push(want);
    const stop = new AbortController();
    void app.press(parts, stop.signal).then((sent) => {
      if (want.state !== 'pending') return;
      if (sent.ok) want.state = 'made';
      else if (sent.pendingId !== undefined) want.state = 'kept';
      else {
        want.state = 'none';
        want.least = 0;
        want.most = 0;
      }
    });
    if (cancelAfter !== undefined) {
      lossy = true;
      void turns(cancelAfter).then(() => {
        stop.abort();
      });
      // Killed after the cancel, before anything came of it: either is right.
      want.least = 0;
    }
  };

  for (const { step, turns: after } of run) {
    alive();
    switch (step.do) {
      case 'press':
        press(step.texts, step.cancelAfter);
        break;
      case 'service':
        world.there.state.down = step.down;
        break;
      case 'mood':
        if (step.mood === 'loses-the-answer' || step.mood === 'is-slow') lossy = true;
        world.there.state.moods.push(step.mood);
        break;
      case 'release':
        world.there.release();
        break;
      case 'press-again': {
        // Once it is a link, a press is another one; while it waits, it is the same.
        const waits = app.outbox
          .list()
          .filter(({ head, state }) => head.type === 'share' && state !== 'sending')
          .filter(
            ({ head, service }) =>
              app.outbox.attempt(head.id) === undefined && service.kind === 'custom',
          );
        const entry = waits[step.which % Math.max(1, waits.length)];
        const want = entry?.head.type === 'share' ? wantedOf(textOf(entry.head)) : undefined;
        if (want === undefined || want.least === 0) break;
        void app.press(want.texts);
        // Until it has found what waits.
        await turns(1);
        break;
      }
      case 'discard':
      case 'send':
      case 'send-here': {
        const entries = app.outbox.list().filter(({ head }) => head.type === 'share');
        // A press under way is not shown as waiting, so nobody can do anything about it.
        const shown = entries.filter(({ state }) => state !== 'sending');
        const entry = shown[step.which % Math.max(1, shown.length)];
        if (entry?.head.type !== 'share') break;
        if (step.do !== 'discard') {
          void app.send(entry.head.id, step.do === 'send-here');
          break;
        }
        const want = wantedOf(textOf(entry.head));
        if (want === undefined) break;
        want.least = 0;
        void app.discard(entry.head.id).then(() => {
          want.most = 0;
        });
        break;
      }
      case 'revoke': {
        const links = app.links.list().filter(({ state }) => state === 'active');
        const link = links[step.which % Math.max(1, links.length)];
        const want = link === undefined ? undefined : wantedOf(textOfLink(link.id));
        if (link === undefined || want === undefined) break;
        want.least = 0;
        want.revoking = link.id;
        void app.revoke(link.id).then(() => {
          want.most = 0;
          delete want.revoking;
        });
        break;
      }
      case 'advance':
        // What was asked for is made within seconds, or not at all, also for a run that ended.
        do {
          world.there.release();
          await turns(4);
        } while (world.there.isHeld());
        app.advance(step.seconds * 1_000);
        break;
      case 'kill-after':
        app.killAfter(step.events);
        break;
      case 'quit':
        restart();
        break;
    }
    await turns(after);
  }

  const drain = async (): Promise<void> => {
    for (let round = 0; round < 60 && app.outbox.list().length > 0; round++) {
      world.there.release();
      app.advance(400_000);
      await turns(12);
      alive();
    }
    await turns(12);
  };
  world.there.state.moods.length = 0;
  world.there.state.down = false;
  world.there.release();
  app.killAfter(Number.POSITIVE_INFINITY);
  await turns(30);
  alive();
  await drain();
  restart();
  await drain();
  return { world, app, wanted, lossy };
}

async function check(run: readonly { readonly step: Step; readonly turns: number }[]) {
  const { world, app, wanted, lossy } = await play(run);
  expect(app.outbox.list()).toEqual([]);
  expect(world.disk.store.load()).toEqual([]);
  const living = [...world.there.living(), ...world.here.living()];
  const listed = app.links.list();
  for (const { key, least, most } of wanted) {
    const links = living.filter(({ texts }) => texts[0]?.startsWith(key));
    expect(links.length, `${key} lost`).toBeGreaterThanOrEqual(least);
    expect(links.length, `${key} doubled, or back`).toBeLessThanOrEqual(most);
    for (const { texts } of links) {
      expect(texts.map((text) => text.slice(-1)).join('')).toMatch(/^(a|abc)$/);
    }
  }
  // What lives is on the list as living, and what the list says to live does.
  const ids = living.map(({ share }) => share.id);
  for (const { share } of living) {
    expect(listed.find(({ id }) => id === share.id)?.state, share.id).toBe('active');
  }
  for (const { id, state, title } of listed) {
    const unsure = wanted.some(({ revoking }) => revoking === id);
    if (state === 'active' && !unsure) expect(ids, `${title} is dead`).toContain(id);
  }
  // Only an answer that was lost leaves something behind without a link.
  if (!lossy) {
    const inUse = new Set(world.there.living().flatMap(({ share }) => share.assetIds));
    const dead = listed
      .filter(({ state }) => state !== 'active')
      .flatMap(({ assetIds }) => assetIds);
    for (const id of world.there.assets.keys()) expect([...inUse, ...dead]).toContain(id);
  }
}

test('nothing is lost and nothing is made twice, in any order of events', {
  timeout: 60_000 + RUNS * 20,
}, async () => {
  await fc.assert(fc.asyncProperty(steps, check), {
    numRuns: RUNS,
  });
});
