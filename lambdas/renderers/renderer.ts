export type * from '../domain/rendering.ts';
