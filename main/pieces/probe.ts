import { get } from 'node:http';
import { HEALTH, versionIn } from '../linkify/wire.ts';

/** Longest answer looked at, in bytes: a health line is 40, a version up to 256 and more. */
const MAX_BYTES = 4_096;

/**
 * Asks one port of this machine for health and version, side by side; answers the version when both
 * look right, and `undefined` for another program, an error or silence. Sends nothing of ours.
 * @param withinMs how long the port may take
 */
export async function probe(port: number, withinMs: number): Promise<string | undefined> {
  const stop = AbortSignal.timeout(withinMs);
  const [health, version] = await Promise.all([
    text(port, 'health', stop),
    text(port, 'version', stop),
  ]);
  return health !== undefined && HEALTH.test(health) ? versionIn(version ?? '') : undefined;
}

/** Plain node:http: a probe is too small to wake got for, and mostly meets a closed port. */
function text(port: number, name: string, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: `/.well-known/${name}`, agent: false, signal },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        if (response.statusCode !== 200) request.destroy();
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          chunks.push(chunk);
          if (size > MAX_BYTES) request.destroy();
        });
        response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        response.once('close', () => resolve(undefined));
        response.once('error', () => resolve(undefined));
      },
    );
    request.once('error', () => resolve(undefined));
  });
}
