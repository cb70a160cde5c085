import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnswerForName } from '../../../../main/server/network/answer-for-name.ts';
import type { Answer, DecodedPacket } from '../../../../main/server/network/name-records.ts';
import { goesFirst, isAnotherOnes } from '../../../../main/server/network/name-records.ts';

const NAME = 'box-links.local';
const OWN = { name: NAME, address: '192.168.1.20' };
const theirs = (data: string, over: Partial<Answer> = {}): Answer =>
  ({ name: NAME, type: data.includes(':') ? 'AAAA' : 'A', ttl: 120, data, ...over }) as Answer;

const packet = (over: Partial<DecodedPacket>): DecodedPacket => over as DecodedPacket;
const question = (type: string, over: Partial<DecodedPacket> = {}): DecodedPacket =>
  packet({ type: 'query', id: 7, questions: [{ name: NAME, type: type as 'A' }], ...over });

function answerer() {
  // biome-ignore lint/suspicious/noExplicitAny: what goes to the socket is looked at freely
  const sent: any[][] = [];
  let nowMs = 0;
  const answer = createAnswerForName({
    socket: { respond: (...what: unknown[]) => void sent.push(what) },
    port: 5353,
    now: () => nowMs,
  });
  return {
    sent,
    ask: (asked: DecodedPacket, from = { address: '192.168.1.33', port: 5353 }) =>
      answer(asked, from, OWN),
    wait(ms: number) {
      nowMs += ms;
    },
  };
}

test('a flood of questions gets one answer a second', () => {
  const { sent, ask, wait } = answerer();
  for (let times = 0; times < 1_000; times++) ask(question('A'));
  expect(sent).toHaveLength(1);
  wait(1_000);
  ask(question('A'));
  expect(sent).toHaveLength(2);
});

test('whoever wants the name is told sooner that it is taken', () => {
  const { sent, ask, wait } = answerer();
  ask(question('ANY'));
  wait(300);
  ask(question('ANY', { authorities: [theirs('192.168.1.9')] }));
  expect(sent).toHaveLength(2);
});

test('whoever knows already is not told again, unless it forgets soon', () => {
  const { sent, ask } = answerer();
  ask(question('A', { answers: [theirs(OWN.address, { ttl: 90 } as Partial<Answer>)] }));
  expect(sent).toEqual([]);
  ask(question('A', { answers: [theirs(OWN.address, { ttl: 20 } as Partial<Answer>)] }));
  expect(sent).toHaveLength(1);
});

test('whoever speaks plain DNS gets an answer alone, with its question, to forget soon', () => {
  const { sent, ask } = answerer();
  const from = { address: '192.168.1.33', port: 49_152 };
  ask(question('A'), from);
  expect(sent).toHaveLength(1);
  const [response, to] = sent[0] ?? [];
  expect(to).toEqual(from);
  expect(response).toMatchObject({ id: 7, questions: [{ name: NAME, type: 'A' }] });
  expect(response.answers).toEqual([
    { name: NAME, type: 'A', ttl: 10, data: OWN.address, flush: false },
  ]);
});

test('whoever is not near gets nothing, and neither do other questions', () => {
  const { sent, ask } = answerer();
  ask(question('A'), { address: '8.8.8.8', port: 5353 });
  ask(question('TXT'));
  ask(question('A', { questions: [{ name: 'other.local', type: 'A' }] }));
  ask(question('A', { questions: [] }));
  expect(sent).toEqual([]);
});

test('an answer with another address takes the name; ours, a goodbye or another name does not', () => {
  const answered = (...answers: Answer[]) =>
    isAnotherOnes(packet({ type: 'response', answers }), OWN);
  expect(answered(theirs('192.168.1.9'))).toBe(true);
  expect(answered(theirs('fd00::9', { name: NAME.toUpperCase() }))).toBe(true);
  expect(answered(theirs(OWN.address))).toBe(false);
  expect(answered(theirs('192.168.1.9', { ttl: 0 } as Partial<Answer>))).toBe(false);
  expect(answered(theirs('192.168.1.9', { name: 'other.local' }))).toBe(false);
});

test('of two that ask at once, exactly one goes first, and both know which', () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6().filter((one) => !one.includes('.')),
  );
  const written = (one: string) => (one.includes(':') ? new URL(`http://[${one}]`).host : one);
  const sees = (own: string, other: string) =>
    goesFirst(packet({ type: 'query', authorities: [theirs(other)] }), {
      name: NAME,
      address: own,
    });
  fc.assert(
    fc.property(address, address, (one, other) => {
      // Two ways to write one address are one address.
      const isSame = written(one) === written(other);
      expect(Number(sees(one, other)) + Number(sees(other, one))).toBe(isSame ? 0 : 1);
    }),
    { numRuns: 500 },
  );
  expect(sees('192.168.1.20', '192.168.1.9')).toBe(false);
  expect(sees('192.168.1.9', '192.168.1.20')).toBe(true);
  // Type before address: AAAA is the greater one.
  expect(sees('192.168.1.9', '::1')).toBe(true);
  expect(sees('fe80::1', '192.168.1.9')).toBe(false);
  expect(sees('fd00::1', 'fd00:1::')).toBe(true);
});
