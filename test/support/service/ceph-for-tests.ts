import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { type CephAccess, newBucket, type TestBucket } from './buckets.ts';

/** What a test of S3 needs, or why it is skipped. */
export type TestCeph =
  | { readonly kind: 'running'; readonly access: CephAccess; newBucket(): Promise<TestBucket> }
  | { readonly kind: 'missing'; readonly reason: string };

/** The Ceph of this test run; waits for its start. */
export async function cephForTests(): Promise<TestCeph> {
  const response = await fetch(inject('cephUrl'));
  const text = await response.text();
  if (response.status === 501) return { kind: 'missing', reason: text };
  if (!response.ok) throw new Error(text);
  const access = JSON.parse(text) as CephAccess;
  return { kind: 'running', access, newBucket: () => newBucket(access) };
}

/** An id of an installation. */
export const newInstallation = (): string => randomUUID();
