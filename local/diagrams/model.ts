/**
 * What a diagram is, as data. Lengths are in CSS pixels; the origin is at the top left. All texts are English and are
 * looked up in `words.pt-BR.json` for the other language, so that both have the same shape.
 */
export type Point = readonly [x: number, y: number];
export type Side = 'left' | 'right' | 'top' | 'bottom';

export const KINDS = [
  'lambda',
  'api',
  'table',
  'queue',
  'bucket',
  'bus',
  'secret',
  'key',
  'alarm',
  'topic',
  'person',
  'client',
  'program',
  'identity',
  'stack',
  'firewall',
  'deploy',
] as const;
/** Which icon a card bears; `route` and `state` have none. */
export type Kind = (typeof KINDS)[number] | 'route' | 'state' | 'end' | 'start';

/** `r` reads, `w` writes or sends, `c` consumes messages or a stream. */
export type Access = 'r' | 'w' | 'c' | 'rw' | 'rc' | 'wc' | 'rwc';

export interface Card {
  readonly id: string;
  readonly kind: Kind;
  readonly at: Point;
  readonly size: Point;
  readonly title: string;
  /** What others call it where there is little room. */
  readonly short?: string;
  /** One line of duty, wrapped to the card. */
  readonly duty?: string;
  /** How the logical id of its resource starts in the synthesized stack; absent for what is not in the stack. */
  readonly resource?: string;
  /** What its role may touch, by the id of a card. */
  readonly uses?: Readonly<Record<string, Access>>;
}

export interface Frame {
  readonly title: string;
  readonly at: Point;
  readonly size: Point;
  /** `border` is where trust ends, `zone` a group of cards. */
  readonly style: 'border' | 'zone';
}

/** A side of a card, and how far from its middle. */
export type Port = Side | readonly [side: Side, offset: number];

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly out: Port;
  readonly in: Port;
  readonly via?: readonly Point[];
  readonly text?: readonly string[];
  /** How many of its lines are names, set in bold. */
  readonly bold?: number;
  /** The middle of the text; in the middle of the longest stretch where it is not given. */
  readonly textAt?: Point;
  /** `data` is solid, `link` (signed links, replies) and `time` (what nobody calls) are dashed. */
  readonly style?: 'data' | 'link' | 'time';
  /** The writes of `lambdas/domain/transitions.ts` that it stands for. */
  readonly transitions?: readonly string[];
}

export interface Board {
  readonly name: string;
  readonly title: string;
  readonly size: Point;
  readonly frames: readonly Frame[];
  readonly cards: readonly Card[];
  readonly arrows: readonly Arrow[];
  /** A line below the drawing. */
  readonly legend?: string;
}

export interface Actor {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
}

export type Step =
  | {
      readonly from: string;
      readonly to: string;
      readonly text: string;
      readonly reply?: boolean;
      readonly lost?: boolean;
    }
  | { readonly note: string; readonly over: string }
  | { readonly killed: string; readonly text: string }
  | { readonly when: readonly { readonly title: string; readonly steps: readonly Step[] }[] };

export interface Sequence {
  readonly name: string;
  readonly title: string;
  readonly width: number;
  readonly actors: readonly Actor[];
  readonly steps: readonly Step[];
}
