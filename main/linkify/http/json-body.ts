import { numberList, numberListLength } from './byte-array.ts';

/** The body of a request, made as it is sent: a file as JSON is almost four times its size. */
export interface JsonBody {
  readonly lengthBytes: number;
  /** Begins anew at each call, so that a request can be repeated. */
  chunks(): Iterable<Uint8Array>;
}

/** A file sent as it is, read while it is sent. */
export interface StreamBody {
  readonly lengthBytes: number;
  /** Opens the file anew at each call. */
  stream(): AsyncIterable<Uint8Array>;
}

/** JSON whose middle is a list of bytes, which is written only while it is sent. */
export interface JsonParts {
  readonly head: string;
  readonly content: readonly Uint8Array[];
  readonly tail: string;
}

export function bodyOf({ head, content, tail }: JsonParts): JsonBody {
  if (content.length === 0) {
    const whole = Buffer.from(head + tail);
    return { lengthBytes: whole.byteLength, chunks: () => [whole] };
  }
  const before = Buffer.from(head);
  const after = Buffer.from(tail);
  return {
    lengthBytes: before.byteLength + numberListLength(content) + after.byteLength,
    *chunks() {
      yield before;
      yield* numberList(content);
      yield after;
    },
  };
}

export function bodyOfValue(value: unknown): JsonBody {
  return bodyOf({ head: JSON.stringify(value), content: [], tail: '' });
}
