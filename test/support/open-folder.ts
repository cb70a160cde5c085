import { basename } from 'node:path';
import { openFolder } from '../../main/desktop/files/open-folder.ts';

// Prints what a folder comes to for the user who runs this.
const [, , path = ''] = process.argv;
const found = await openFolder(path, basename(path));
const { inside } = found.ok ? found.item : {};
console.log(
  JSON.stringify({
    ...found,
    names: inside?.files.map(({ name }) => name.slice(name.indexOf('/') + 1)),
    unreadable: inside?.unreadable,
  }),
);
