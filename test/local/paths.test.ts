import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../local/paths.ts';

it('a temporary folder is made in a clone in which nothing has run yet, and is new each time', () => {
  const clone = mkdtempSync(join(tmpdir(), 'quire-clone-'));
  onTestFinished(() => rmSync(clone, { recursive: true }));
  const folders = [1, 2].map(() => temporaryFolder('assembly', join(clone, '.local')));
  expect(folders.every((folder) => existsSync(folder))).toBe(true);
  expect(new Set(folders).size).toBe(2);
});
