import { parentPort } from 'node:worker_threads';
import { scanSecrets } from './scan.ts';

// A thread for texts that are too long for the main one: scans one after the other.

parentPort?.on('message', (text: unknown) => {
  // A scan that fails ends the thread, and what it was asked counts as not scanned.
  void scanSecrets(String(text)).then((secrets) => parentPort?.postMessage(secrets));
});
