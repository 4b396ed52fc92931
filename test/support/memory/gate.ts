/**
 * Every call that a real adapter would send to AWS passes one gate: `effect` is what the service does, at one instant.
 * In plain tests the gate is open; the simulator puts latency, lost replies and crashes into it.
 */
export type Gate = <T>(operation: string, effect: () => T) => Promise<T>;

export const open: Gate = async (_operation, effect) => effect();
