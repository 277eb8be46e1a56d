// Flow control for subscriptions that share a socket: how many events of each the receiver will
// still hold. TCP cannot say that, since one slow stream would then stop all. The receiver opens a
// window in `extensions.window` of subscribe, and tells by the payload of a ping what it has passed
// on: `{"taken": {"<operation id>": 32}}`; or that it needs nothing of what a control stream would
// replay: `{"joined": ["<operation id>"]}`. One who opens none is sent events as they come.
// A router also tells what its client has received, which is later than passed on: `{"received":
// {"<operation id>": 32}}`.
import { z } from "zod";
import { DONE } from "#kit/live/iterators";

export interface Window {
  /**
   * The same values, each only while the receiver has room for it. Ending the result ends the
   * source at once.
   */
  pace<T>(source: AsyncIterator<T>): AsyncIterableIterator<T>;
  /**
   * Within the source: resolves when the receiver has taken all that was sent before, or has joined
   * others who are beyond that.
   */
  reply(): Promise<"taken" | "joined">;
  /** Calls back with how many more events the client behind the receiver has received. */
  whenReceived(onReceived: (count: number) => void): void;
}

/**
 * One resuming stream of one client, such as a tab of a browser. Its id is the client's choice, and
 * means something together with the person alone.
 */
export interface Subscriber extends Pick<Window, "whenReceived"> {
  readonly id: string;
}

export interface Windows {
  /** Opens the window of an operation if its receiver asked for one. */
  open(socket: object, operationId: string, size: unknown): Window | null;
  /** Reads the payload of a ping; one that says nothing of windows is ignored. */
  receivePing(socket: object, payload: unknown): void;
  close(socket: object, operationId: string): void;
}

const size = z.int().min(1).max(10_000);
const pingShape = z.object({
  taken: z.record(z.string(), size).default({}),
  joined: z.array(z.string()).default([]),
  received: z.record(z.string(), z.int().min(1)).default({}),
});

/** The windows of all sockets of a server; those of a socket go with it. */
export function createWindows(): Windows {
  const rooms = new WeakMap<object, Map<string, CreditWindow>>();
  return {
    open(socket, operationId, wanted) {
      const parsed = size.safeParse(wanted);
      if (!parsed.success) return null;
      const room = new CreditWindow(parsed.data);
      const ofSocket = rooms.get(socket) ?? new Map<string, CreditWindow>();
      rooms.set(socket, ofSocket.set(operationId, room));
      return room;
    },
    receivePing(socket, payload) {
      const parsed = pingShape.safeParse(payload);
      const ofSocket = rooms.get(socket);
      if (!parsed.success || !ofSocket) return;
      const { taken, joined, received } = parsed.data;
      for (const [operationId, count] of Object.entries(taken))
        ofSocket.get(operationId)?.add(count);
      for (const operationId of joined) ofSocket.get(operationId)?.join();
      for (const [operationId, count] of Object.entries(received))
        ofSocket.get(operationId)?.onReceived(count);
    },
    close(socket, operationId) {
      rooms.get(socket)?.delete(operationId);
    },
  };
}

const unheard = () => {};

// A class for the reason that a cursor is one.
class CreditWindow implements Window {
  private readonly capacity: number;
  private room: number;
  private hasJoined = false;
  private isOver = false;
  private wakeUp = () => {};
  onReceived: (count: number) => void = unheard;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.room = capacity;
  }

  add(count: number): void {
    this.room = Math.min(this.capacity, this.room + count);
    this.wakeUp();
  }

  join(): void {
    this.hasJoined = true;
    this.wakeUp();
  }

  /** Takes the place of one value; false where there is none. */
  take(): boolean {
    if (this.isOver || this.room === 0) return false;
    this.room -= 1;
    return true;
  }

  /** Waits until it can be taken; false when it never can. */
  async taken(): Promise<boolean> {
    while (!this.take()) {
      if (this.isOver) return false;
      await this.change();
    }
    return true;
  }

  async reply(): Promise<"taken" | "joined"> {
    // What the source is about to give has its room already.
    while (!this.hasJoined && this.room < this.capacity - 1 && !this.isOver) await this.change();
    return this.hasJoined ? "joined" : "taken";
  }

  end(): void {
    this.isOver = true;
    this.wakeUp();
  }

  whenReceived(onReceived: (count: number) => void): void {
    this.onReceived = onReceived;
  }

  pace<T>(source: AsyncIterator<T>): AsyncIterableIterator<T> {
    return new Paced(this, source);
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeUp = resolve;
    });
  }
}

class Paced<T> implements AsyncIterableIterator<T> {
  private readonly room: CreditWindow;
  private readonly source: AsyncIterator<T>;

  constructor(room: CreditWindow, source: AsyncIterator<T>) {
    this.room = room;
    this.source = source;
  }

  next(): Promise<IteratorResult<T>> {
    return this.room.take() ? this.source.next() : this.later();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.room.end();
    await this.source.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async later(): Promise<IteratorResult<T>> {
    return (await this.room.taken()) ? this.source.next() : DONE;
  }
}
