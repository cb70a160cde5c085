import { parentPort, workerData } from 'node:worker_threads';
import { scanSecrets } from './scan-secrets.ts';

// A thread for one large text: scans what it was started with, answers, and is done.

parentPort?.postMessage(await scanSecrets(String(workerData)));
