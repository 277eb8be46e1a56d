// Flow control for subscriptions that share a socket: how many events of each the receiver still
// accepts. TCP cannot do that, since one slow stream would stop all. A receiver opens a window by
// `extensions.window` of `subscribe`; without one it gets events as they come. It reports in the
// payload of a ping, by operation id:
// - `{"taken": {"<id>": 32}}`: events that it has passed on,
// - `{"joined": ["<id>"]}`: it needs no replay from this control stream,
// - `{"received": {"<id>": 32}}`: events that its own client has received, later than passed on.
import { z } from "zod";
import { DONE } from "#kit/live/iterators";

/** The receiver's answer to the first frame of a control stream. */
export type Reply = "taken" | "joined";

export interface Window {
  /** The same values, each when the receiver has room for it. Ending the result ends the source. */
  pace<T>(source: AsyncIterator<T>): AsyncIterableIterator<T>;
  /** For the source: resolves when the receiver has taken all sent so far, or has joined. */
  reply(): Promise<Reply>;
  /** Calls back with how many more events the receiver's client has received. */
  whenReceived(onReceived: (count: number) => void): void;
}

/**
 * One resuming stream of one client, such as a browser tab. The client chooses the id, which is
 * unique only for one person.
 */
export interface Subscriber extends Pick<Window, "whenReceived"> {
  readonly id: string;
}

export interface Windows {
  /** Opens the window of an operation; null when its receiver asked for none. */
  open(socket: object, operationId: string, size: unknown): Window | null;
  /** Reads the payload of a ping; any other payload is ignored. */
  receivePing(socket: object, payload: unknown): void;
  close(socket: object, operationId: string): void;
}

const sizeShape = z.int().min(1).max(10_000);
const pingShape = z.object({
  taken: z.record(z.string(), sizeShape).default({}),
  joined: z.array(z.string()).default([]),
  received: z.record(z.string(), z.int().min(1)).default({}),
});

/** The windows of all sockets of a server. Those of a socket are collected with it. */
export function createWindows(): Windows {
  const windowsBySocket = new WeakMap<object, Map<string, CreditWindow>>();
  return {
    open(socket, operationId, size) {
      const parsed = sizeShape.safeParse(size);
      if (!parsed.success) return null;
      const window = new CreditWindow(parsed.data);
      const windows = windowsBySocket.get(socket) ?? new Map<string, CreditWindow>();
      windowsBySocket.set(socket, windows.set(operationId, window));
      return window;
    },
    receivePing(socket, payload) {
      const parsed = pingShape.safeParse(payload);
      const windows = windowsBySocket.get(socket);
      if (!parsed.success || !windows) return;
      const { taken, joined, received } = parsed.data;
      for (const [operationId, count] of Object.entries(taken))
        windows.get(operationId)?.grant(count);
      for (const operationId of joined) windows.get(operationId)?.join();
      for (const [operationId, count] of Object.entries(received))
        windows.get(operationId)?.onReceived(count);
    },
    close(socket, operationId) {
      windowsBySocket.get(socket)?.delete(operationId);
    },
  };
}

const ignored = () => {};

// A class for the reason that `Cursor` is one.
class CreditWindow implements Window {
  private readonly capacity: number;
  private credit: number;
  private hasJoined = false;
  private isOver = false;
  private wake = () => {};
  onReceived: (count: number) => void = ignored;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.credit = capacity;
  }

  grant(count: number): void {
    this.credit = Math.min(this.capacity, this.credit + count);
    this.wake();
  }

  join(): void {
    this.hasJoined = true;
    this.wake();
  }

  /** Spends the credit for one value; false when there is none. */
  spend(): boolean {
    if (this.isOver || this.credit === 0) return false;
    this.credit -= 1;
    return true;
  }

  /** Waits until credit can be spent; false when the stream is over before that. */
  async spendLater(): Promise<boolean> {
    while (!this.spend()) {
      if (this.isOver) return false;
      await this.change();
    }
    return true;
  }

  async reply(): Promise<Reply> {
    // The value that the source is about to give has spent its credit already.
    while (!this.hasJoined && this.credit < this.capacity - 1 && !this.isOver) await this.change();
    return this.hasJoined ? "joined" : "taken";
  }

  end(): void {
    this.isOver = true;
    this.wake();
  }

  whenReceived(onReceived: (count: number) => void): void {
    this.onReceived = onReceived;
  }

  pace<T>(source: AsyncIterator<T>): AsyncIterableIterator<T> {
    return new PacedIterator(this, source);
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

class PacedIterator<T> implements AsyncIterableIterator<T> {
  private readonly window: CreditWindow;
  private readonly source: AsyncIterator<T>;

  constructor(window: CreditWindow, source: AsyncIterator<T>) {
    this.window = window;
    this.source = source;
  }

  next(): Promise<IteratorResult<T>> {
    return this.window.spend() ? this.source.next() : this.later();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.window.end();
    await this.source.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async later(): Promise<IteratorResult<T>> {
    return (await this.window.spendLater()) ? this.source.next() : DONE;
  }
}
