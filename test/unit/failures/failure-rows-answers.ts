import type { ScriptedReply } from '../../support/scripted-service.ts';
import { bad, NOT_READ } from './failure-faults.ts';
import type { Case, Expected, FailureRow } from './failure-rows.ts';

const link = 'https://x.example/';
const one = (share: unknown): ScriptedReply => ({ json: { iterable: [share] } });

/** A revoke reads no answer; an asset is none where a list of shares comes. */
const answer = (does: string, reply: ScriptedReply, fault: Expected): Case => ({
  does,
  reply,
  fault,
  but: NOT_READ,
});
const notJson = (does: string, text: string): Case => answer(does, { text }, bad('not-json'));
const wrong = (does: string, reply: ScriptedReply): Case => answer(does, reply, bad('wrong-shape'));
/** Of a list only what can be used is taken. */
const unusable = (does: string, reply: ScriptedReply, fault: Expected): Case => ({
  does,
  reply,
  fault,
  but: { revoke: 'done', asset: bad('wrong-shape'), list: 'done' },
});

/** Answers that came whole, and make no sense. */
export const ANSWER_ROWS: readonly FailureRow[] = [
  {
    id: 22,
    service:
      'not JSON: empty, truncated, NaN, a byte order mark; 10,000 levels, `__proto__`, lone surrogates',
    comes: ['not-json', 'wrong-shape'],
    revoke: ['done'],
    cases: [
      notJson('nothing', ''),
      notJson('half a JSON', '{"iterable": ['),
      notJson('NaN', '{"iterable": NaN}'),
      notJson('a byte order mark', '\uFEFF{"iterable":[]}'),
      notJson('a text', 'OK'),
      wrong('a list nested 10,000 deep', { text: '['.repeat(10_000) + ']'.repeat(10_000) }),
      unusable(
        'a share nested 10,000 deep',
        { text: `{"iterable":[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]}` },
        bad('wrong-shape'),
      ),
      wrong('a __proto__ with the share in it', {
        text: `{"__proto__":{"iterable":[{"id":"a","link":"${link}"}]}}`,
      }),
      unusable(
        'an id of half a character',
        { text: `{"iterable":[{"id":"\\ud800","link":"${link}"}]}` },
        bad('wrong-shape'),
      ),
    ],
  },
  {
    id: 23,
    service: 'JSON of another shape, an empty list, no link',
    comes: ['wrong-shape', 'no-link'],
    revoke: ['done'],
    kept: 'the share’s id if there is one, so that it can be revoked',
    cases: [
      wrong('null', { text: 'null' }),
      wrong('a number', { text: '42' }),
      wrong('a list', { json: [{ iterable: [{ id: 'sh-1', link }] }] }),
      wrong('no iterable', { json: { shares: [] } }),
      wrong('an iterable that is none', { json: { iterable: { 0: {} } } }),
      unusable('an empty iterable', { json: { iterable: [] } }, bad('no-link')),
      ...[
        ['a null share', null],
        ['a share without an id', { link }],
        ['an empty id', { id: '', link }],
      ].map(([does, share]) => unusable(String(does), one(share), bad('wrong-shape'))),
      ...[
        ['a share without a link', { id: 'sh-1' }],
        ['a link that is a number', { id: 'sh-1', link: 42 }],
      ].map(([does, share]) =>
        unusable(String(does), one(share), { ...(bad('no-link') as object), shareId: 'sh-1' }),
      ),
    ],
  },
  {
    id: 24,
    service:
      'a web page, or something other than HTTP: another program, or a network that requires sign-in',
    comes: ['web-page', 'not-http'],
    revoke: ['waits'],
    kept: 'nothing is sent there again before health and version are as expected',
    cases: [
      {
        does: 'a web page',
        reply: { html: '<!doctype html><title>Login</title>' },
        fault: bad('web-page', false),
      },
      {
        does: 'a web page in capitals',
        reply: { text: '<html>', headers: { 'content-type': 'TEXT/HTML' } },
        fault: bad('web-page', false),
      },
      {
        does: 'talks something else than HTTP',
        reply: { trouble: 'garbage' },
        fault: bad('not-http'),
      },
    ],
  },
  {
    id: 27,
    service:
      'a link that is not http(s), has credentials, control or direction characters, more than 2,048 characters, or a look-alike host',
    comes: ['unusable-link'],
    revoke: ['done'],
    kept: 'the share’s id, so that it can be revoked; the link is not shown',
    cases: [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://user:pass@x.example/',
      'https://x.example/\nhttps://y.example/',
      'https://x.example/\u202E',
      `https://x.example/${'a'.repeat(10_240)}`,
      'https://xn--pple-43d.com/',
      'https://аpple.com/',
      'relative',
    ].map((unsafe) =>
      unusable(
        `the link ${JSON.stringify(unsafe.slice(0, 40))}`,
        one({ id: 'sh-1', link: unsafe }),
        {
          ...(bad('unusable-link') as object),
          shareId: 'sh-1',
        },
      ),
    ),
  },
  {
    id: 29,
    service: 'an id with `/`, `..`, `%00`, a control character, more than 200 characters',
    comes: ['wrong-shape'],
    revoke: ['done'],
    kept: 'an id that can be part of a path is percent-encoded there as one segment; others are rejected',
    cases: [
      ['an id of 201 characters', 'i'.repeat(201)],
      ['an id that climbs', '..'],
      ['an id that stays', '.'],
      ['an id with NUL', 'a\u0000'],
    ].map(([does, id]) => unusable(String(does), one({ id, link }), bad('wrong-shape'))),
  },
];
