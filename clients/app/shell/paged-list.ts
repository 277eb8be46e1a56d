// A list that is read page by page and kept while the person goes to other screens and back.
import { createObservable, type Observable } from "@meetinity/client";
import { codeOf } from "@meetinity/ui/components/explain.ts";

export interface PagesState<Item> {
  /** `loading` and `failed` are of the first page. */
  readonly status: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null at the end. */
  readonly next: string | null;
}

/** Reads a page behind a cursor: of a usual size, or the `first` items. */
export type ReadPage<Item> = (after: string | null, first: number | null) => Promise<Page<Item>>;

interface Identified {
  readonly id: string;
}

/** So long a list is shown again without reading it anew, in milliseconds. */
const FRESH_MS = 5 * 60_000;
/** The largest page. */
const PAGE_MAX = 100;

const EMPTY = { status: "loading", error: null, items: [], hasMore: false } as const;

export class Pages<Item extends Identified> {
  readonly state: Observable<PagesState<Item>>;
  readonly #state = createObservable<PagesState<Item>>(EMPTY);
  readonly #read: ReadPage<Item>;
  readonly #now: () => number;
  #next: string | null = null;
  #readAt: number | null = null;
  /** Of the latest reading from the beginning: answers of an earlier one come too late. */
  #reading: object | null = null;

  constructor(read: ReadPage<Item>, now = () => performance.now()) {
    this.state = this.#state;
    this.#read = read;
    this.#now = now;
  }

  /** For a screen that comes: reads the list if it is not here, or not fresh. */
  open(): void {
    const isFresh = this.#readAt !== null && this.#now() - this.#readAt < FRESH_MS;
    if (!isFresh) void this.reload();
  }

  /**
   * Reads all that is shown anew, so that the list keeps its length; of a list that is too long for
   * one page, nothing. Never rejects.
   */
  async refresh(): Promise<void> {
    const { length } = this.#state.getSnapshot().items;
    if (length > PAGE_MAX) return;
    await this.reload(length > 0 ? length : null);
  }

  /** Reads the list from its beginning. What is here stays until then. Never rejects. */
  async reload(first: number | null = null): Promise<void> {
    const reading = {};
    this.#reading = reading;
    if (this.#state.getSnapshot().status === "failed") this.#state.set(EMPTY);
    const page = await this.#read(null, first).catch((error: unknown) => ({ error }));
    if (this.#reading !== reading) return;
    if ("error" in page) {
      const { items, status } = this.#state.getSnapshot();
      if (status === "ready" && items.length > 0) return;
      return this.#state.set({ ...EMPTY, status: "failed", error: page.error });
    }
    this.#readAt = this.#now();
    this.#show(page.items, page.next);
  }

  /** Rejects when the next page cannot be read. */
  async loadMore(): Promise<void> {
    const reading = this.#reading;
    if (this.#next === null) return;
    const page = await this.#read(this.#next, null).catch((error: unknown) => {
      // The list is no longer kept: there is another one.
      if (codeOf(error) === "RESYNC_REQUIRED") return null;
      throw error;
    });
    if (this.#reading !== reading) return;
    if (page === null) return this.reload();
    const { items } = this.#state.getSnapshot();
    const known = new Set(items.map(({ id }) => id));
    this.#show([...items, ...page.items.filter(({ id }) => !known.has(id))], page.next);
  }

  /** Puts an item at the beginning, once. */
  add(item: Item): void {
    const { items, status } = this.#state.getSnapshot();
    if (status !== "ready" || items.some(({ id }) => id === item.id)) return;
    this.#show([item, ...items], this.#next);
  }

  /** Puts a newer state of an item in its place. False when it is not here. */
  replace(item: Item): boolean {
    const { items } = this.#state.getSnapshot();
    if (!items.some(({ id }) => id === item.id)) return false;
    this.#show(
      items.map((each) => (each.id === item.id ? item : each)),
      this.#next,
    );
    return true;
  }

  remove(id: string): void {
    const { items, status } = this.#state.getSnapshot();
    if (status === "ready")
      this.#show(
        items.filter((item) => item.id !== id),
        this.#next,
      );
  }

  /** The next screen reads the list anew. */
  expire(): void {
    this.#readAt = null;
  }

  #show(items: readonly Item[], next: string | null): void {
    this.#next = next;
    this.#state.set({ status: "ready", error: null, items, hasMore: next !== null });
  }
}

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export function pageOf<Node>({ edges, pageInfo }: Connection<Node>): Page<Node> {
  const items = edges.map(({ node }) => node);
  return { items, next: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}
