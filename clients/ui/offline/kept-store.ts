// Where answers are kept in a browser: a database that is bounded by size and age, and has what is
// of one person alone.
import type { KeptStore } from "@meetinity/client";

const NAME = "meetinity-kept";
const ANSWERS = "answers";
const BYTES_MAX = 5_000_000;
/** One answer may not take the place of all others. */
const ANSWER_BYTES_MAX = 1_000_000;
const AGE_MAX_MS = 30 * 24 * 3_600_000;
/** So often at most the bounds are enforced. */
const TRIM_MS = 20_000;

interface Row {
  readonly key: string;
  readonly viewerId: string;
  readonly at: number;
  /** About as many bytes as it takes. */
  readonly size: number;
  readonly data: unknown;
}

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const answers = request.result.createObjectStore(ANSWERS, { keyPath: "key" });
      answers.createIndex("viewer", "viewerId");
      // With the size, so that the bounds are known without reading what is kept.
      answers.createIndex("age", ["at", "size"]);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function transact<Result>(
  mode: IDBTransactionMode,
  work: (answers: IDBObjectStore) => IDBRequest<Result> | undefined,
): Promise<Result | undefined> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(ANSWERS, mode);
    const request = work(transaction.objectStore(ANSWERS));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

const keyOf = (viewerId: string, key: string) => `${viewerId} ${key}`;

let trimmedAt = Number.NEGATIVE_INFINITY;

export const keptStore: KeptStore = {
  async read(viewerId, key) {
    const row: Row | undefined = await transact("readonly", (answers) =>
      answers.get(keyOf(viewerId, key)),
    );
    if (!row || row.at < Date.now() - AGE_MAX_MS) return null;
    return { at: row.at, data: row.data };
  },
  async write(viewerId, key, { at, data }) {
    const size = JSON.stringify(data).length;
    if (size > ANSWER_BYTES_MAX) return;
    const row: Row = { key: keyOf(viewerId, key), viewerId, at, size, data };
    await transact("readwrite", (answers) => answers.put(row));
    if (performance.now() - trimmedAt < TRIM_MS) return;
    trimmedAt = performance.now();
    await transact("readwrite", trim);
  },
  async keepOnly(viewerId) {
    await transact("readwrite", (answers) => {
      if (viewerId === null) answers.clear();
      else deleteOthers(answers, viewerId);
      return undefined;
    });
  },
};

function deleteOthers(answers: IDBObjectStore, viewerId: string): void {
  const others = answers.index("viewer").openKeyCursor();
  others.onsuccess = () => {
    const cursor = others.result;
    if (!cursor) return;
    if (cursor.key !== viewerId) answers.delete(cursor.primaryKey);
    cursor.continue();
  };
}

/** Deletes what is too old, and of the rest the oldest that does not fit. */
function trim(answers: IDBObjectStore): undefined {
  const newest = answers.index("age").openKeyCursor(null, "prev");
  const oldest = Date.now() - AGE_MAX_MS;
  let bytes = 0;
  newest.onsuccess = () => {
    const cursor = newest.result;
    if (!cursor) return;
    const [at = 0, size = 0] = cursor.key as readonly number[];
    bytes += size;
    if (at < oldest || bytes > BYTES_MAX) answers.delete(cursor.primaryKey);
    cursor.continue();
  };
}
