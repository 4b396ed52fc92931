/**
 * The one file of exceljs that makes workbooks. Its main entry also loads its streaming reader and writer, which takes
 * twice as long and is what a cold worker would wait for.
 */
declare module 'exceljs/lib/doc/workbook.js' {
  import { Workbook } from 'exceljs';
  export default Workbook;
}
