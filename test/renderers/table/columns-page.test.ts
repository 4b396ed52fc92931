import { expect, it } from 'vitest';
import { POPPLER } from '../pdf/support.ts';
import { columnsPage } from './columns-page.ts';

it.skipIf(!POPPLER)('docs/columns.md says what both engines make of each column type', async () => {
  await expect(await columnsPage()).toMatchFileSnapshot('../../../docs/columns.md');
});
