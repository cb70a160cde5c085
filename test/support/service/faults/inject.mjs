import fsPromises from 'node:fs/promises';
import { registerHooks, syncBuiltinESMExports } from 'node:module';

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

// Statements are native objects that cannot be changed: the service gets a database that wraps them.
const REAL = import.meta.resolve('@photostructure/sqlite');
registerHooks({
  resolve(specifier, context, next) {
    return specifier === '@photostructure/sqlite'
      ? { url: 'fault:sqlite', shortCircuit: true }
      : next(specifier, context);
  },
  load(url, context, next) {
    if (url !== 'fault:sqlite') return next(url, context);
    const source = `
      import { DatabaseSync as Real } from ${JSON.stringify(REAL)};
      export class DatabaseSync extends Real {
        prepare(...args) {
          return globalThis.linkifyFaultyStatement(super.prepare(...args));
        }
      }`;
    return { format: 'module', source, shortCircuit: true };
  },
});
Object.assign(globalThis, {
  linkifyFaultyStatement: (/** @type {any} */ statement) =>
    Object.fromEntries(
      ['get', 'all', 'run'].map((name) => [
        name,
        (/** @type {any[]} */ ...args) => {
          step(`catalog.${name}`);
          return statement[name](...args);
        },
      ]),
    ),
});

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
