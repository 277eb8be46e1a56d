// The entries at this gate that the server does not know yet, kept in the browser until the server
// has answered.
import type { ApolloClient } from "@apollo/client";
import { type Sent, sendScans, sendWalkIns } from "./door-api.ts";
import type { UndoStored } from "./gate-state.ts";
import type { SeenScan } from "./offline.ts";
import { forget, keep, loadWaiting, type Waiting } from "./stored-door.ts";

const BATCH = 200;
/** Of this visit: a gate refuses what it has seen. */
const SEEN_MAX = 5_000;

interface Options {
  readonly apollo: ApolloClient;
  readonly eventId: string;
  readonly viewerId: string;
}

export class WaitingList {
  all: readonly Waiting[] = [];
  #seen: (SeenScan & { readonly id?: string })[] = [];
  #isSending = false;
  /** How to take back what was sent in this visit, by nonce. */
  readonly #stored = new Map<string, UndoStored>();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async load(): Promise<void> {
    const { eventId, viewerId } = this.#options;
    const stored = await loadWaiting(eventId, viewerId).catch(() => []);
    this.all = [...stored, ...this.all];
  }

  async add(waiting: Waiting): Promise<void> {
    this.all = [...this.all, waiting];
    // Where the browser keeps nothing, it is at least in memory.
    await keep(waiting).catch(() => {});
  }

  async remove(nonces: readonly string[]): Promise<void> {
    this.all = this.all.filter(({ nonce }) => !nonces.includes(nonce));
    await forget(nonces).catch(() => {});
  }

  /** Notes a scan that the server has answered. `id` is that of its check-in. */
  saw(scan: SeenScan, id: string): void {
    this.#seen = [...this.#seen, { ...scan, id }].slice(-SEEN_MAX);
  }

  /** How to take back what had waited and is sent; null while it waits, or when it was refused. */
  storedOf(nonce: string): UndoStored | null {
    return this.#stored.get(nonce) ?? null;
  }

  has(nonce: string): boolean {
    return this.all.some((each) => each.nonce === nonce);
  }

  /** Forgets the scan of a check-in that is taken back. */
  unsee(id: string): void {
    this.#seen = this.#seen.filter((scan) => scan.id !== id);
  }

  /** The scans that this gate has made, those that wait and those that were sent. */
  scans(): SeenScan[] {
    return [...this.#seen, ...this.all.flatMap(seenOf)];
  }

  /** Sends a batch. Null when nothing waits, it is being sent, or there was no answer. */
  async send(): Promise<Sent | null> {
    if (this.#isSending || this.all.length === 0) return null;
    this.#isSending = true;
    try {
      const batch = this.#batch();
      const sent = await this.#deliver(batch);
      for (const [nonce, undo] of sent.stored) this.#stored.set(nonce, undo);
      const known = batch.flatMap((each) => {
        const id = sent.stored.get(each.nonce)?.id;
        return id === undefined ? [] : seenOf(each).map((scan) => ({ ...scan, id }));
      });
      this.#seen = [...this.#seen, ...known].slice(-SEEN_MAX);
      await this.remove(sent.nonces);
      return sent;
    } catch {
      return null;
    } finally {
      this.#isSending = false;
    }
  }

  /** The first ones of the same kind and gate. */
  #batch(): readonly Waiting[] {
    const [first] = this.all;
    const alike = this.all.filter(({ kind, gate }) => kind === first?.kind && gate === first?.gate);
    return alike.slice(0, BATCH);
  }

  #deliver(batch: readonly Waiting[]): Promise<Sent> {
    const { apollo, eventId, viewerId } = this.#options;
    const gate = batch[0]?.gate ?? "";
    const scans = batch.flatMap((each) => (each.kind === "scan" ? [each] : []));
    if (scans.length > 0) return sendScans(apollo, eventId, gate, viewerId, scans);
    const walkIns = batch.flatMap((each) => (each.kind === "walkIn" ? [each] : []));
    return sendWalkIns(apollo, eventId, gate, viewerId, walkIns);
  }
}

function seenOf(waiting: Waiting): SeenScan[] {
  if (waiting.kind !== "scan") return [];
  const { registrationId, seat, at, gate } = waiting;
  return [{ registrationId, seat, scannedAt: at, gate }];
}
