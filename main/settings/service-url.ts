/**
 * Why a URL cannot be used as a server's, in a sentence; `undefined` when it can.
 * Plain http is for this computer only: elsewhere the token and the content could be read on the way.
 * The scheme needs its slashes: `new URL` would add them to `http:host`, which can be a file's name.
 */
export function serviceUrlProblem(address: string): string | undefined {
  if (address.length > 2048 || !URL.canParse(address) || /[\s\p{Cc}]/u.test(address)) {
    return 'Enter a URL such as https://example.com or http://127.0.0.1:39300.';
  }
  if (!/^https?:\/\//i.test(address)) {
    return 'The server URL must start with http:// or https://.';
  }
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    return "The server URL can't contain credentials. Use --service-token.";
  }
  if (url.search !== '' || url.hash !== '') {
    return 'The server URL can\'t contain "?" or "#".';
  }
  if (url.protocol === 'http:' && !isThisComputer(url.hostname)) {
    return 'Use https:// for servers on other computers.';
  }
  return undefined;
}

/** "share.example:4100/team" of a server's URL: host, and path if there is one; 200 characters. */
export function serverNameOf(url: string): string {
  if (!URL.canParse(url)) return url.slice(0, 200);
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/$/, '')}`.slice(0, 200);
}

/** Whether an HTTP header can carry this as a bearer token: visible ASCII, at most 4096 characters. */
export function isUsableToken(token: string): boolean {
  return /^[\x21-\x7e]{1,4096}$/.test(token);
}

function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
