import { expect, test } from 'vitest';
import {
  isBackgroundFetch,
  wantsList,
  wantsPage,
} from '../../../../main/server/pages/client-kind.ts';

type Headers = Readonly<Record<string, string>>;

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const BROWSER_ACCEPTS = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

const PROGRAMS: readonly (readonly [string, Headers])[] = [
  ['curl', { 'user-agent': 'curl/8.5.0', accept: '*/*' }],
  ['wget', { 'user-agent': 'Wget/1.21.3', accept: '*/*' }],
  ['wget2', { 'user-agent': 'wget2/1.99.1', accept: BROWSER_ACCEPTS }],
  ['wget 2', { 'user-agent': 'Wget/2.1.0', accept: BROWSER_ACCEPTS }],
  ['aria2', { 'user-agent': 'aria2/1.36.0', accept: '*/*' }],
  [
    'PowerShell 5.1',
    {
      'user-agent': 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041',
    },
  ],
  [
    'PowerShell 7',
    {
      'user-agent':
        'Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.1',
    },
  ],
  ['BITS', { 'user-agent': 'Microsoft BITS/7.8', accept: '*/*' }],
  ['python-requests', { 'user-agent': 'python-requests/2.32.3', accept: '*/*' }],
  ['urllib', { 'user-agent': 'Python-urllib/3.12' }],
  ['httpie', { 'user-agent': 'HTTPie/3.2.1', accept: '*/*' }],
  ['httpie --json', { 'user-agent': 'HTTPie/3.2.1', accept: 'application/json, */*;q=0.5' }],
  ['node', { 'user-agent': 'node', accept: '*/*', 'sec-fetch-mode': 'cors' }],
  ['axios', { 'user-agent': 'axios/1.7.2', accept: 'application/json, text/plain, */*' }],
  ['Go', { 'user-agent': 'Go-http-client/1.1' }],
  [
    'Java URLConnection',
    {
      'user-agent': 'Java/17.0.15',
      accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
    },
  ],
  ['Java URLConnection, newer', { accept: 'text/html, image/gif, image/jpeg, */*; q=0.2' }],
  ['Java HttpClient', { 'user-agent': 'Java-http-client/17.0.15' }],
  ['Ruby', { 'user-agent': 'Ruby', accept: '*/*' }],
  ['nobody', {}],
  ['one that wants all but HTML', { accept: 'text/html;q=0, */*' }],
  ['a picture of a page', { 'user-agent': CHROME, accept: 'image/avif,image/webp,*/*;q=0.8' }],
];

test.each(PROGRAMS)('%s gets the content', (_who, headers) => {
  expect(wantsPage({ headers })).toBe(false);
  expect(wantsList({ headers })).toBe(headers.accept?.includes('text/plain') === true);
});

const BROWSERS: readonly (readonly [string, Headers])[] = [
  ['Chromium', { 'user-agent': CHROME, accept: BROWSER_ACCEPTS, 'sec-fetch-mode': 'navigate' }],
  [
    'a browser that accepts anything',
    { 'user-agent': CHROME, accept: '*/*', 'sec-fetch-mode': 'navigate' },
  ],
  ['Firefox at plain http', { 'user-agent': 'Mozilla/5.0 Firefox/150.0', accept: BROWSER_ACCEPTS }],
  ['Lynx', { 'user-agent': 'Lynx/2.9.0', accept: 'text/html, text/plain, text/sgml, */*;q=0.01' }],
  ['a form of a page without a referrer', { 'user-agent': CHROME, accept: '*/*', origin: 'null' }],
  ['a script of a page', { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'none' }],
  ['curl that asks for a page', { 'user-agent': 'curl/8.5.0', accept: 'text/html' }],
];

test.each(BROWSERS)('%s gets a page', (_who, headers) => {
  expect(wantsPage({ headers })).toBe(true);
});

const PREVIEWS = [
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Slack-ImgProxy (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.23.20.0 A',
  'WhatsApp/2',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'meta-externalagent/1.1',
  'Twitterbot/1.0',
  'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  'http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/) Bot',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Google-InspectionTool/1.0',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36 (compatible; GoogleOther)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/112.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 6.1) BingPreview/1.0b',
  'Applebot/0.1',
  'Synapse (bot; +https://github.com/matrix-org/synapse)',
  'Pleroma 2.6.0; https://example.social',
  'Bluesky Cardyb/1.1',
  'Pinterestbot/1.0',
  'redditbot/1.0',
  'Iframely/1.3.1 (+https://iframely.com/docs/about)',
  'Embedly/0.2',
  'facebookexternalhit/1.1;line-poker/1.0',
  'kakaotalk-scrap/1.0',
  'Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots',
  'GPTBot/1.2',
  'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
];

test.each(PREVIEWS)('"%s" gets a page, and is no open', (agent) => {
  for (const accept of ['*/*', BROWSER_ACCEPTS, undefined]) {
    const headers = { 'user-agent': agent, ...(accept === undefined ? {} : { accept }) };
    expect(wantsPage({ headers })).toBe(true);
    expect(isBackgroundFetch({ headers })).toBe(true);
  }
});

test.each([
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { 'sec-purpose': 'prefetch;anonymous-client-ip' },
  { purpose: 'prefetch' },
  { 'x-purpose': 'preview' },
  { 'x-moz': 'prefetch' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
])('%j: nobody has asked for it', (headers) => {
  expect(isBackgroundFetch({ headers })).toBe(true);
});

const PEOPLE = [
  CHROME,
  'Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 14; Google Pixel 8) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari Line/13.2.1',
  'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/400.0]',
  'Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/120 Slack_SSB/4.35',
  'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 GSA/280.3 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 discord/1.0.9030 Chrome/120 Electron/28',
  'curl/8.5.0',
  'Wget/1.21.3',
  'python-requests/2.32.3',
  'aria2/1.36.0',
];

test.each(PEOPLE)('"%s" is a person or a program of one', (agent) => {
  expect(isBackgroundFetch({ headers: { 'user-agent': agent } })).toBe(false);
  const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(isBackgroundFetch({ headers: { 'user-agent': agent, ...followed } })).toBe(false);
});
