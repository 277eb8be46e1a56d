// Where a text is kept, such as the refresh token. Apps adapt the storage of their platform.

export interface TextStore {
  /** Its name where several clients share it, as the tabs of a browser. They notify each other. */
  readonly sharedAs?: string;
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

/** As far as it is used of browsers' `localStorage`. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
  removeItem(key: string): void;
}

/** Keeps the text under a key of `localStorage`, which all tabs share. */
export function createWebStore(storage: WebStorage, key: string): TextStore {
  return {
    sharedAs: key,
    read: async () => storage.getItem(key),
    async write(text) {
      if (text === null) storage.removeItem(key);
      else storage.setItem(key, text);
    },
  };
}
