import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileProofs } from '../../../../main/desktop/files/file-proofs.ts';
import type { FileChallenge } from '../../../../preload/contract.ts';
import { runProgram } from '../../../support/desktop/processes.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-proofs-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As a page does it that has these bytes. */
const proof = ({ nonce, parts }: FileChallenge, at: number, known: Uint8Array): string => {
  const digest = createHash('sha256').update(Buffer.from(nonce, 'hex'));
  for (const { offset, bytes } of parts[at] ?? [])
    digest.update(known.subarray(offset, offset + bytes));
  return digest.digest('hex');
};

test.each([0, 1, 65_536, 65_537, 3_000_000])(
  'a file of %d bytes is proven by its content',
  async (size) => {
    const content = Buffer.from(
      Array.from({ length: size }, (_, at) => (at * 7 + (at >> 8)) & 0xff),
    );
    const path = join(folder, `${size}.bin`);
    await writeFile(path, content);
    const proofs = createFileProofs();
    const challenge = await proofs.challenge([path]);
    expect(proofs.check(challenge.id, [proof(challenge, 0, content)])).toEqual({
      paths: [path],
      unproven: [],
    });
  },
);

test('a page that does not know the content has no proof', async () => {
  const path = join(folder, 'secret.txt');
  await writeFile(path, 'a secret that the page never saw');
  const proofs = createFileProofs();
  for (const forged of ['', 'x', '0'.repeat(64)]) {
    const { id } = await proofs.challenge([path]);
    expect(proofs.check(id, [forged])?.unproven).toEqual([path]);
  }
  const challenge = await proofs.challenge([path]);
  const guessed = proof(challenge, 0, Buffer.from('a secret that the page never SAW'));
  expect(proofs.check(challenge.id, [guessed])?.unproven).toEqual([path]);
});

test('a proof counts once, and only for the challenge that it answers', async () => {
  const path = join(folder, 'once.txt');
  await writeFile(path, 'known');
  const proofs = createFileProofs();
  const first = await proofs.challenge([path]);
  const known = proof(first, 0, Buffer.from('known'));
  const second = await proofs.challenge([path]);
  expect(proofs.check(first.id, [known])).toBeUndefined();
  expect(proofs.check(second.id, [known])?.unproven).toEqual([path]);
  expect(proofs.check(second.id, [known])).toBeUndefined();
});

test('folders, pipes, devices, what is not there, and files that hide their size have none', async () => {
  const pipe = join(folder, 'pipe');
  await runProgram('mkfifo', [pipe]);
  const paths = [folder, pipe, '/dev/zero', '/no/such/file', '/proc/self/environ', '/proc/version'];
  const proofs = createFileProofs();
  const challenge = await proofs.challenge(paths);
  const empty = paths.map((_path, at) => proof(challenge, at, new Uint8Array()));
  expect(proofs.check(challenge.id, empty)?.unproven).toEqual(paths);
});
