import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/app.ts';
import { runToSuccess } from '../support/packaging/run.ts';

// What can be checked here of the packages for Windows and macOS, which are built elsewhere.

/** As electron-builder's script includes it. */
const INSTALLER = `Unicode true
Name "test"
OutFile "test.exe"
!define APP_EXECUTABLE_FILENAME "Linkify Tray.exe"
!include "${join(ROOT, 'assets/packaging/windows/installer.nsh')}"
Section
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Section Uninstall
  !insertmacro customUnInstall
SectionEnd
`;

test("NSIS compiles the installer's additions without a warning", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-nsis-'));
  try {
    await writeFile(join(folder, 'test.nsi'), INSTALLER);
    const path = join(folder, 'test.nsi');
    await runToSuccess(['makensis', '-WX', '-INPUTCHARSET', 'UTF8', path]);
    expect(await readdir(folder)).toContain('test.exe');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the Quick Action for Finder consists of valid property lists', async () => {
  const folder = join(ROOT, 'assets/packaging/macos/Copy link.workflow/Contents');
  for (const name of ['Info.plist', 'document.wflow']) {
    const read = 'import plistlib, sys; plistlib.load(open(sys.argv[1], "rb"))';
    await runToSuccess(['python3', '-c', read, join(folder, name)]);
  }
});
