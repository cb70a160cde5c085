import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Argument,
  decode,
  encode,
  MessageSplitter,
  type Signature,
  WireError,
} from '../../../../main/desktop/wayland/wire.ts';

const u32 = fc.nat({ max: 0xffffffff });
const argument = fc.oneof(
  u32.map((value) => ['u', value] as const),
  // A NUL would end the text.
  fc.string({ unit: 'grapheme' }).map((text) => ['s', text.replaceAll('\0', '')] as const),
  fc.nat({ max: 1000 }).map((fd) => ['h', fd] as const),
);
const message = fc.record({
  object: u32,
  opcode: fc.nat({ max: 0xffff }),
  args: fc.array(argument, { maxLength: 8 }),
});
const signatureOf = (args: readonly (readonly ['u' | 's' | 'h', Argument])[]): Signature =>
  args.map(([type]) => type);

/** Pieces of these lengths, and the rest. */
function pieces(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...parts, bytes.subarray(Math.min(at, bytes.byteLength))];
}

test('messages come back as they were sent, in whatever pieces they arrive', () => {
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.nat({ max: 50 })), (messages, lengths) => {
      const sent = messages.map(({ object, opcode, args }) =>
        encode(
          object,
          opcode,
          signatureOf(args),
          args.map(([, value]) => value),
        ),
      );
      const fds = sent.flatMap((each) => each.fds);
      const splitter = new MessageSplitter();
      const received = pieces(Buffer.concat(sent.map(({ bytes }) => bytes)), lengths).flatMap(
        (piece) => splitter.push(piece),
      );
      expect(
        received.map(({ object, opcode, body }, index) => ({
          object,
          opcode,
          args: decode(body, signatureOf(messages[index]?.args ?? []), () => fds.shift()),
        })),
      ).toEqual(
        messages.map(({ object, opcode, args }) => ({
          object,
          opcode,
          args: args.map(([, value]) => value),
        })),
      );
      expect(fds).toEqual([]);
    }),
  );
});

test('a message has a header, and arguments in units of 4 bytes', () => {
  const { bytes, fds } = encode(3, 1, ['u', 's', 'h'], [7, 'abc', 5]);
  expect(bytes.toString('hex')).toBe(
    ['03000000', '01001400', '07000000', '04000000', '61626300'].join(''),
  );
  expect(fds).toEqual([5]);
});

test('bytes that are no messages raise one kind of error, and nothing else', () => {
  const signatures = fc.array(fc.constantFrom('u', 's', 'h'), { maxLength: 4 });
  fc.assert(
    fc.property(fc.uint8Array(), signatures, (bytes, signature) => {
      try {
        for (const { body } of new MessageSplitter().push(bytes)) {
          decode(body, signature as Signature, () => undefined);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
  );
});

test('a text that is too long for a message is not sent', () => {
  expect(() => encode(1, 0, ['s'], ['x'.repeat(70_000)])).toThrow(WireError);
});
