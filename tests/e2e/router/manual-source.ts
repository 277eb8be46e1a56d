// A source of events that a test controls: it pushes events, and waits for a number of listeners.
import { EventEmitter, once } from "node:events";

export interface ManualSource {
  readonly listeners: number;
  /** Resolves when there are exactly `count` listeners. */
  listening(count: number): Promise<void>;
  push(event: unknown): void;
  /** Ends every listener's stream. */
  complete(): void;
  listen(): AsyncIterableIterator<unknown>;
}

/** Sources by name. Each is created at its first use. */
export function createManualSources(): (name: string) => ManualSource {
  const sources = new Map<string, ManualSource>();
  return (name) => {
    const known = sources.get(name) ?? createManualSource();
    sources.set(name, known);
    return known;
  };
}

interface Listener {
  push(event: unknown): void;
  end(): void;
}

function createManualSource(): ManualSource {
  const listeners = new Set<Listener>();
  const changes = new EventEmitter();
  return {
    get listeners() {
      return listeners.size;
    },
    async listening(count) {
      while (listeners.size !== count) await once(changes, "change");
    },
    push(event) {
      for (const listener of listeners) listener.push(event);
    },
    complete() {
      for (const listener of [...listeners]) listener.end();
    },
    listen() {
      const waiting: unknown[] = [];
      let isOpen = true;
      let wakeUp = () => {};
      const listener: Listener = {
        push(event) {
          waiting.push(event);
          wakeUp();
        },
        end() {
          isOpen = false;
          listeners.delete(listener);
          changes.emit("change");
          wakeUp();
        },
      };
      listeners.add(listener);
      changes.emit("change");
      return {
        async next() {
          while (isOpen && waiting.length === 0) {
            await new Promise<void>((resolve) => {
              wakeUp = resolve;
            });
          }
          const event = waiting.shift();
          return event === undefined
            ? { done: true, value: undefined }
            : { done: false, value: event };
        },
        async return() {
          listener.end();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
