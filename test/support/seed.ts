import fc from 'fast-check';

/** Properties try the same values in every run, so that a red run can be had again; `QUIRE_SEED` tries others. */
fc.configureGlobal({ seed: Number(process.env.QUIRE_SEED ?? 20_260_105) });
