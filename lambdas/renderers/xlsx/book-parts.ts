import WorkbookXform from 'exceljs/lib/xlsx/xform/book/workbook-xform.js';
import AppXform from 'exceljs/lib/xlsx/xform/core/app-xform.js';
import CoreXform from 'exceljs/lib/xlsx/xform/core/core-xform.js';
import theme from 'exceljs/lib/xlsx/xml/theme1.js';
import type { ReportSpec } from '../../domain/request.ts';
import type { Image } from '../images/image.ts';
import { cleanField } from '../table/clean-field.ts';
import type { Warnings } from '../table/warnings.ts';
import { type NamedSheet, withDefinedNames } from './defined-names.ts';
import { drawingParts, mediaPart } from './logo.ts';
import { relationship, relationshipsPart } from './relationships.ts';
import { RELATIONSHIPS, XML } from './sheet-frame.ts';

/** A sheet that was written. Its number is its place in the list, from 1. */
export interface WrittenSheet extends NamedSheet {
  readonly hasLogo: boolean;
  readonly hasTable: boolean;
}

/** The parts of an archive, by name, in the order in which they are written. */
export type Parts = readonly (readonly [name: string, content: string | Uint8Array])[];

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const PACKAGE = 'application/vnd.openxmlformats-package';

/** Written first: programs that look no further than the first entry learn from it what kind of file this is. */
export function rootRelationships(): string {
  const core = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';
  return relationshipsPart([
    relationship('rId1', `${RELATIONSHIPS}/officeDocument`, 'xl/workbook.xml'),
    relationship('rId2', core, 'docProps/core.xml'),
    relationship('rId3', `${RELATIONSHIPS}/extended-properties`, 'docProps/app.xml'),
  ]);
}

/** What the document properties say of a report. */
export function coreProperties({ title, subtitle }: ReportSpec, createdAt: Date, warnings: Warnings): string {
  return new CoreXform().toXml({
    creator: 'Quire',
    lastModifiedBy: 'Quire',
    title: cleanField(title, warnings, () => 'The title'),
    subject: subtitle && cleanField(subtitle, warnings, () => 'The subtitle'),
    created: createdAt,
    modified: createdAt,
  });
}

/** What all sheets refer to, as XML. */
export interface Shared {
  readonly styles: string;
  readonly strings: string;
}

/** Everything that is known only when the last sheet is written. */
export function closingParts(sheets: readonly WrittenSheet[], shared: Shared, logo: Image | undefined): Parts {
  const worksheets = sheets.map(({ name }) => ({ name }));
  return [
    ['xl/styles.xml', shared.styles],
    ['xl/sharedStrings.xml', shared.strings],
    ['xl/theme/theme1.xml', theme],
    ...(logo === undefined ? [] : logoParts(sheets, logo)),
    ['docProps/app.xml', new AppXform().toXml({ worksheets })],
    ['xl/_rels/workbook.xml.rels', workbookRelationships(sheets)],
    ['xl/workbook.xml', workbookPart(sheets)],
    ['[Content_Types].xml', contentTypes(sheets, logo)],
  ];
}

function logoParts(sheets: readonly WrittenSheet[], logo: Image): Parts {
  const drawings = sheets.flatMap(({ hasLogo }, i) => (hasLogo ? drawingParts(logo, i + 1) : []));
  return [[mediaPart(logo), logo.bytes], ...drawings];
}

function workbookRelationships(sheets: readonly WrittenSheet[]): string {
  return relationshipsPart([
    relationship('styles', `${RELATIONSHIPS}/styles`, 'styles.xml'),
    relationship('strings', `${RELATIONSHIPS}/sharedStrings`, 'sharedStrings.xml'),
    relationship('theme', `${RELATIONSHIPS}/theme`, 'theme/theme1.xml'),
    ...sheets.map((_, i) =>
      relationship(`sheet${i + 1}`, `${RELATIONSHIPS}/worksheet`, `worksheets/sheet${i + 1}.xml`),
    ),
  ]);
}

function workbookPart(sheets: readonly WrittenSheet[]): string {
  const xml = new WorkbookXform().toXml({
    properties: {},
    views: [],
    sheets: sheets.map(({ name }, i) => ({ id: i + 1, name, rId: `sheet${i + 1}`, state: 'visible' })),
    definedNames: [],
    calcProperties: {},
  });
  return withDefinedNames(xml, sheets);
}

function contentTypes(sheets: readonly WrittenSheet[], logo: Image | undefined): string {
  const byExtension = (extension: string, type: string) => `<Default Extension="${extension}" ContentType="${type}"/>`;
  const byPart = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${type}"/>`;
  const numbered = sheets.map((sheet, i) => ({ ...sheet, number: i + 1 }));
  const elements = [
    ...(logo === undefined ? [] : [byExtension(logo.type, `image/${logo.type}`)]),
    byExtension('rels', `${PACKAGE}.relationships+xml`),
    byExtension('xml', 'application/xml'),
    byPart('xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`),
    ...numbered.map(({ number }) =>
      byPart(`xl/worksheets/sheet${number}.xml`, `${OFFICE}.spreadsheetml.worksheet+xml`),
    ),
    byPart('xl/theme/theme1.xml', `${OFFICE}.theme+xml`),
    byPart('xl/styles.xml', `${OFFICE}.spreadsheetml.styles+xml`),
    byPart('xl/sharedStrings.xml', `${OFFICE}.spreadsheetml.sharedStrings+xml`),
    ...numbered
      .filter(({ hasTable }) => hasTable)
      .map(({ number }) => byPart(`xl/tables/table${number}.xml`, `${OFFICE}.spreadsheetml.table+xml`)),
    ...numbered
      .filter(({ hasLogo }) => hasLogo)
      .map(({ number }) => byPart(`xl/drawings/drawing${number}.xml`, `${OFFICE}.drawing+xml`)),
    byPart('docProps/core.xml', `${PACKAGE}.core-properties+xml`),
    byPart('docProps/app.xml', `${OFFICE}.extended-properties+xml`),
  ];
  const namespace = 'http://schemas.openxmlformats.org/package/2006/content-types';
  return `${XML}<Types xmlns="${namespace}">${elements.join('')}</Types>`;
}
