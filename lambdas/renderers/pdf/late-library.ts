/** Thrown where a text needs a library that is not loaded yet: the caller loads it and sets the text again. */
export class LibraryNeeded extends Error {
  readonly load: () => Promise<void>;

  constructor(load: () => Promise<void>) {
    super('a library has to be loaded first');
    this.load = load;
  }
}

/** A library that is loaded when a text first needs it, once for the process: most reports need none of them. */
export class LateLibrary<T> {
  readonly #load: () => Promise<T>;
  #loaded: T | undefined;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** @throws {@link LibraryNeeded} */
  get(): T {
    if (this.#loaded !== undefined) return this.#loaded;
    throw new LibraryNeeded(async () => {
      this.#loaded ??= await this.#load();
    });
  }
}

/** Runs what sets text, again where a library had to be loaded first: so it must set all text before it paints any. */
export async function withLibraries<T>(work: () => T): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LibraryNeeded)) throw error;
      await error.load();
    }
  }
}
