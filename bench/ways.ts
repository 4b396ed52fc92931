/** On all cores of the machine, or pinned to one. */
export const CORES = ['all', 'one'] as const;
export type Cores = (typeof CORES)[number];

/** Again and again in one process, or each time in a process of its own. */
export const WAYS = ['warm', 'process'] as const;
export type Way = (typeof WAYS)[number];
