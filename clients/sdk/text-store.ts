// Where a text is kept, such as the refresh token. Apps adapt the storage of their platform.

export interface TextStore {
  read(): Promise<string | null>;
  /** Null removes it. */
  write(text: string | null): Promise<void>;
}

/** Keeps the text as long as the program runs. */
export function createMemoryStore(text: string | null = null): TextStore {
  let kept = text;
  return {
    read: async () => kept,
    async write(next) {
      kept = next;
    },
  };
}
