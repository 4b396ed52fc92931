import type { Layout } from '../../domain/request.ts';
import type { Warnings } from '../table/warnings.ts';
import { type Image, ImageFault } from './image.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';

/** The logo of a report, checked; `undefined` where there is none, or where it cannot be shown, which is reported. */
export function readLogo({ logo }: Layout, warnings: Warnings): Image | undefined {
  if (logo === undefined) return undefined;
  try {
    return readImage(logo);
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error;
    warnings.add('LOGO_IGNORED', () => `The logo ${error.message}.`);
    return undefined;
  }
}

/** @throws ImageFault for bytes that are not the image they are said to be, or one that cannot be shown */
export function readImage({ contentType, base64 }: NonNullable<Layout['logo']>): Image {
  const file = Buffer.from(base64, 'base64');
  return contentType === 'image/png' ? readPng(file) : readJpeg(file);
}
