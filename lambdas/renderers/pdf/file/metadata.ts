import { createHash } from 'node:crypto';
import type { ReportSpec } from '../../../domain/request.ts';
import { textString } from '../utf16.ts';

export const PRODUCER = 'Quire';

/** `D:20261124040000Z` */
export function pdfDate(when: Date): string {
  return `(D:${when.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)`;
}

export function infoDictionary({ title, subtitle }: ReportSpec, createdAt: Date): string {
  const subject = subtitle === undefined ? '' : `/Subject<${textString(subtitle)}>`;
  const date = pdfDate(createdAt);
  return `<</Title<${textString(title)}>${subject}/Creator(${PRODUCER})/Producer(${PRODUCER})/CreationDate ${date}/ModDate ${date}>>`;
}

/** PDF/A takes no property that it does not know unless the file says what it is (ISO 19005-2, 6.6.2.3). */
const UA_SCHEMA = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;

/** XMP (ISO 16684-1), with the claims of PDF/A-2b and PDF/UA-1 where they hold. */
export function xmp(report: ReportSpec, createdAt: Date, claims: { tagged: boolean; pdfA: boolean }): string {
  const date = `${createdAt.toISOString().slice(0, 19)}Z`;
  const subject =
    report.subtitle === undefined
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(report.subtitle)}</rdf:li></rdf:Alt></dc:description>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(report.title)}</rdf:li></rdf:Alt></dc:title>
${subject}<dc:language><rdf:Bag><rdf:li>${escaped(report.locale)}</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format><xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool><pdf:Producer>${PRODUCER}</pdf:Producer>
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>
${claims.pdfA ? '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>' : ''}${claims.tagged ? '<pdfuaid:part>1</pdfuaid:part>' : ''}
</rdf:Description>${claims.tagged && claims.pdfA ? UA_SCHEMA : ''}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

function escaped(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot carry them
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

/** The same job gives the same identifier, whichever machine and time it is made at. */
export function fileIdentifier(report: ReportSpec, createdAt: Date, size: number): string {
  const facts = [report.title, report.locale, report.timeZone, createdAt.toISOString(), size].join('\n');
  return createHash('sha256').update(facts).digest('hex').slice(0, 32);
}
