import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { ClassicLevel } from 'classic-level';

/**
 * Preloaded into the service (`node --import`): counts its file and metadata operations and fails
 * the n-th of them, or the n-th and all after it, with an error code, as the parent asks over IPC.
 */

/** @type {{ at: number, code: string, isLasting: boolean } | undefined} */
let fault;
let seen = 0;
/** @type {string | undefined} */
let failed;
let isArmed = false;

/** @param {string} operation */
function step(operation) {
  if (!isArmed) return;
  seen++;
  if (fault === undefined || seen < fault.at || (seen > fault.at && !fault.isLasting)) return;
  failed ??= operation;
  const { code } = fault;
  throw Object.assign(new Error(`${code}: injected, ${operation}`), { code, syscall: operation });
}

/**
 * @param {any} target
 * @param {string} name
 * @param {string} label
 */
function wrap(target, name, label) {
  const original = target[name];
  target[name] = async function (...args) {
    step(label);
    return await original.apply(this, args);
  };
}

for (const name of [
  ...['open', 'rm', 'unlink', 'rename', 'mkdir', 'stat', 'lstat', 'statfs', 'readdir'],
  ...['readFile', 'writeFile', 'chmod'],
]) {
  wrap(fsPromises, name, name);
}
syncBuiltinESMExports();

const handle = await fsPromises.open(process.execPath, 'r');
const fileHandle = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['read', 'write', 'writeFile', 'readFile', 'sync', 'datasync', 'stat']) {
  wrap(fileHandle, name, `file.${name}`);
}
// A failed close has still closed the file, as close(2) does.
const close = fileHandle.close;
fileHandle.close = async function () {
  const isOpen = this.fd >= 0;
  await close.call(this);
  if (isOpen) step('file.close');
};

const level = ClassicLevel.prototype;
for (const name of ['_get', '_getMany', '_batch']) wrap(level, name, `records.${name.slice(1)}`);
const iterators = ['_keys', '_iterator'];
for (const name of iterators) {
  const original = level[name];
  level[name] = function (...args) {
    const iterator = original.apply(this, args);
    for (const method of ['_all', '_nextv']) {
      if (iterator[method] !== undefined) wrap(iterator, method, `records.${method.slice(1)}`);
    }
    return iterator;
  };
}

process.on('message', (/** @type {any} */ message) => {
  if (message.arm !== undefined) {
    fault = message.arm;
    seen = 0;
    failed = undefined;
    isArmed = true;
    process.send?.({});
  } else {
    isArmed = false;
    process.send?.({ seen, failed });
  }
});
process.channel?.unref();
