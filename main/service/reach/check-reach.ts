import { request } from 'node:http';

/** Whether links open from here, at the address that they carry. */
export type ReachCheck =
  | { readonly kind: 'ok'; readonly address: string }
  /** No network: links open on this computer only. */
  | { readonly kind: 'no-network' }
  /** Something is between us and our own address: a firewall, most likely. */
  | { readonly kind: 'blocked'; readonly address: string };

const TIMEOUT_MS = 1_500;

/** Asks our own pages for a page that cannot exist, at the address that others would use. */
export async function checkReach(baseUrl: string): Promise<ReachCheck> {
  const { hostname } = new URL(baseUrl);
  if (hostname === '127.0.0.1') return { kind: 'no-network' };
  const status = await statusOf(`${baseUrl}/s/`);
  return status === 404
    ? { kind: 'ok', address: hostname }
    : { kind: 'blocked', address: hostname };
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request(
      url,
      { method: 'HEAD', timeout: TIMEOUT_MS, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(undefined));
    asked.end();
  });
}
