// Caches that are measured: how often they had what was asked for, and how many entries they hold.
// Caches of one name count together, those of every graph that was loaded, for example.
import { LRUCache } from "lru-cache";
import { counter, gauge, onScrape } from "#kit/telemetry/metrics";

const reads = counter("cache_reads_total", "Reads of a cache, by whether it had the entry.", [
  "cache",
  "outcome",
]);
const entries = gauge("cache_entries", "Entries that a cache holds.", ["cache"]);

interface Counts {
  hits: number;
  misses: number;
  /** Weak: a cache lives as long as its owner. */
  readonly instances: Set<WeakRef<{ readonly size: number }>>;
}

const caches = new Map<string, Counts>();
const collected = new FinalizationRegistry<() => void>((forget) => forget());

function countsOf(name: string): Counts {
  const known = caches.get(name);
  if (known) return known;
  const counts: Counts = { hits: 0, misses: 0, instances: new Set() };
  caches.set(name, counts);
  return counts;
}

onScrape(() => {
  for (const [cache, counts] of caches) {
    reads.inc({ cache, outcome: "hit" }, counts.hits);
    reads.inc({ cache, outcome: "miss" }, counts.misses);
    counts.hits = 0;
    counts.misses = 0;
    let size = 0;
    for (const instance of counts.instances) size += instance.deref()?.size ?? 0;
    entries.set({ cache }, size);
  }
});

/** An LRU cache whose reads count under `name`, which says what an entry is. */
export class MeasuredCache<Key extends {}, Value extends {}> extends LRUCache<Key, Value> {
  readonly #counts: Counts;

  constructor(name: string, options: LRUCache.Options<Key, Value, unknown>) {
    super(options);
    this.#counts = countsOf(name);
    const { instances } = this.#counts;
    const instance = new WeakRef(this);
    instances.add(instance);
    collected.register(this, () => instances.delete(instance));
  }

  override get(key: Key): Value | undefined {
    const value = super.get(key);
    if (value === undefined) this.#counts.misses += 1;
    else this.#counts.hits += 1;
    return value;
  }
}
