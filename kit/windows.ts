// Flow control for subscriptions that share a socket: how many events of each the receiver will
// still hold. TCP cannot say that, since one slow stream would then stop all. The receiver opens a
// window in `extensions.window` of subscribe, and tells by the payload of a ping what it has passed
// on: `{"taken": {"<operation id>": 32}}`; or that it needs nothing of what a control stream would
// replay: `{"joined": ["<operation id>"]}`. One who opens none is sent events as they come.
import { z } from "zod";

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
  settled(): Promise<"taken" | "joined">;
}

export interface Windows {
  /** Opens the window of an operation if its receiver asked for one. */
  open(socket: object, operationId: string, size: unknown): Window | null;
  /** Reads the payload of a ping; one that says nothing of windows is ignored. */
  hear(socket: object, payload: unknown): void;
  close(socket: object, operationId: string): void;
}

interface Room extends Window {
  add(count: number): void;
  join(): void;
}

const size = z.int().min(1).max(10_000);
const pingShape = z.object({
  taken: z.record(z.string(), size).default({}),
  joined: z.array(z.string()).default([]),
});

/** The windows of all sockets of a server; those of a socket go with it. */
export function createWindows(): Windows {
  const rooms = new WeakMap<object, Map<string, Room>>();
  return {
    open(socket, operationId, wanted) {
      const parsed = size.safeParse(wanted);
      if (!parsed.success) return null;
      const room = createRoom(parsed.data);
      const ofSocket = rooms.get(socket) ?? new Map<string, Room>();
      rooms.set(socket, ofSocket.set(operationId, room));
      return room;
    },
    hear(socket, payload) {
      const parsed = pingShape.safeParse(payload);
      const ofSocket = rooms.get(socket);
      if (!parsed.success || !ofSocket) return;
      const { taken, joined } = parsed.data;
      for (const [operationId, count] of Object.entries(taken))
        ofSocket.get(operationId)?.add(count);
      for (const operationId of joined) ofSocket.get(operationId)?.join();
    },
    close(socket, operationId) {
      rooms.get(socket)?.delete(operationId);
    },
  };
}

function createRoom(capacity: number): Room {
  let room = capacity;
  let hasJoined = false;
  let isEnded = false;
  let wakeUp = () => {};
  const until = async (isEnough: () => boolean) => {
    while (!isEnough() && !isEnded) {
      await new Promise<void>((resolve) => {
        wakeUp = resolve;
      });
    }
  };
  return {
    add(count) {
      room = Math.min(capacity, room + count);
      wakeUp();
    },
    join() {
      hasJoined = true;
      wakeUp();
    },
    async settled() {
      // What the source is about to give has its room already.
      await until(() => hasJoined || room >= capacity - 1);
      return hasJoined ? "joined" : "taken";
    },
    pace: (source) => ({
      async next() {
        await until(() => room > 0);
        if (isEnded) return { done: true, value: undefined };
        room -= 1;
        return source.next();
      },
      async return() {
        isEnded = true;
        wakeUp();
        await source.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    }),
  };
}
