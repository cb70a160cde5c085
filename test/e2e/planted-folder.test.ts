import { test } from 'vitest';
import { name, run } from '../support/attack/planted-folder.ts';

test(name, run, 180_000);
