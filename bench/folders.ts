/** The sources of the contestants that are not ours. */
export const PEERS = 'bench/peers';

/** What is built and measured, none of it kept in the repository. */
export const BENCH_FOLDER = '.local/bench';

/** What the suites found, kept in the repository. */
export const RESULTS_FOLDER = 'bench/results';
