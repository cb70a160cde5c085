import { expect, test } from 'vitest';
import { refusedSwitch } from '../../../main/cli/chromium-switches.ts';

test.each([
  '--remote-debugging-port=39399',
  '--remote-debugging-pipe',
  '--remote-debugging-address=0.0.0.0',
  '--remote-allow-origins=*',
  '--inspect=0',
  '--js-flags=--allow-natives-syntax',
  '--load-extension=/tmp/x',
  '--disable-web-security',
  '--host-resolver-rules=MAP * evil.example',
  '--proxy-server=evil.example:80',
  '--ignore-certificate-errors',
  '--no-sandbox',
  '--utility-cmd-prefix=sh x.sh',
  '--renderer-cmd-prefix=sh x.sh',
  '--zygote-cmd-prefix=sh x.sh',
  '--gpu-launcher=sh x.sh',
  '--log-file=/tmp/x',
  '--type=renderer',
  '--password-store=basic',
  '--password-store',
  '--__proto__',
  '--lang-x',
  '-remote-debugging-port=1',
  '-lang=de',
  '/remote-debugging-port=1',
])('a release refuses %s', (given) => {
  expect(refusedSwitch(['--lang=de', given])).toBe(given);
});

test('a release takes what displays, languages and systems need', () => {
  expect(
    refusedSwitch([
      '--ozone-platform=wayland',
      '--enable-features=UseOzonePlatform,WaylandWindowDecorations',
      '--disable-gpu',
      '--force-device-scale-factor=2',
      '--lang=de',
      '--password-store=gnome-libsecret',
      '--password-store=kwallet6',
      '--original-process-start-time=13',
      '-psn_0_123',
    ]),
  ).toBeUndefined();
});
