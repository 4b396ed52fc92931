import { XML } from './sheet-frame.ts';

/** How a part refers to another one. @param target relative to the part's folder */
export function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

/** The part that holds the relationships of another. */
export function relationshipsPart(relationships: readonly string[]): string {
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return `${XML}<Relationships xmlns="${namespace}">${relationships.join('')}</Relationships>`;
}
