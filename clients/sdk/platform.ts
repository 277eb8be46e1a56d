// The parts of the platform that the client uses. Defaults are those of browsers, Node and React
// Native. Only this file, and that of uploads, read globals.

export interface Clock {
  /**
   * Milliseconds since any moment. Changes of the device's time must not move it. It may stand
   * still while the device sleeps.
   */
  now(): number;
  /** Runs `work` once, and returns how to cancel it. */
  after(ms: number, work: () => void): () => void;
}

declare global {
  /** Merges with the platform's own type, and stands for it where its types are not loaded. */
  interface AbortSignal {
    readonly aborted: boolean;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
  }
}

export interface FetchResponse {
  readonly status: number;
  json(): Promise<unknown>;
}

export type Fetch = (
  url: string,
  init: {
    readonly method: "POST" | "DELETE";
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** For requests that set, use or delete a cookie. */
    readonly credentials?: "same-origin";
    /** Ends the request early. */
    readonly signal?: AbortSignal;
    /** The request goes on when the page is closed. */
    readonly keepalive?: boolean;
  },
) => Promise<FetchResponse>;

/** Runs `work` while no other work with the same name runs, in any tab that shares the lock. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** To the other tabs of a browser. A sender does not get its own messages. */
export interface Channel {
  post(message: unknown): void;
  close(): void;
}

export type OpenChannel = (name: string, onMessage: (message: unknown) => void) => Channel;

type BroadcastChannelClass = new (
  name: string,
) => {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
  /** Of Node: an open channel does not keep the program alive. */
  unref?(): void;
};

interface Globals {
  readonly fetch?: Fetch;
  readonly WebSocket?: unknown;
  readonly performance?: { now(): number };
  readonly BroadcastChannel?: BroadcastChannelClass;
  readonly navigator?: { readonly locks?: { request: Lock } };
  readonly crypto?: {
    randomUUID?(): string;
    getRandomValues?(bytes: Uint8Array): Uint8Array;
  };
  readonly AbortController: new () => Abort;
  setTimeout(work: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const globals = globalThis as unknown as Globals;

export const systemClock: Clock = {
  now: () => globals.performance?.now() ?? Date.now(),
  after(ms, work) {
    const timer = globals.setTimeout(work, ms);
    return () => globals.clearTimeout(timer);
  },
};

/** Ends a request early. */
export interface Abort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

export function newAbort(): Abort {
  return new globals.AbortController();
}

/** Throws when the platform has none. */
export function systemFetch(): Fetch {
  const { fetch } = globals;
  if (!fetch) throw new Error("This platform has no fetch: pass one to createClient as `fetch`.");
  return (url, init) => fetch(url, init);
}

/** Throws when the platform has none, as Node 20. */
export function systemWebSocket(): unknown {
  if (!globals.WebSocket) {
    throw new Error(
      "This platform has no WebSocket: pass one to createClient as `webSocket`, as that of ws.",
    );
  }
  return globals.WebSocket;
}

/** Web Locks, which all tabs of an origin share; elsewhere a lock of this client alone. */
export function systemLock(): Lock {
  const locks = globals.navigator?.locks;
  return locks ? (name, work) => locks.request(name, work) : createLocalLock();
}

/** A lock of one process. */
export function createLocalLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const result = (tails.get(name) ?? Promise.resolve()).then(work);
    tails.set(
      name,
      result.catch(() => {}),
    );
    return result;
  };
}

/** BroadcastChannel, where there is one; elsewhere nobody is notified. */
export function systemChannel(): OpenChannel {
  const { BroadcastChannel } = globals;
  if (!BroadcastChannel) return () => ({ post: () => {}, close: () => {} });
  return (name, onMessage) => {
    const channel = new BroadcastChannel(name);
    channel.unref?.();
    channel.onmessage = ({ data }) => onMessage(data);
    let isOpen = true;
    return {
      post: (message) => isOpen && channel.postMessage(message),
      close() {
        isOpen = false;
        channel.close();
      },
    };
  };
}

/** A random id for messages and subscribers: a UUID, or as many random bits. */
export function newId(): string {
  const { crypto } = globals;
  if (crypto?.randomUUID) return crypto.randomUUID();
  const bytes = new Uint8Array(16);
  if (crypto?.getRandomValues) crypto.getRandomValues(bytes);
  // React Native without a polyfill. An id must be unique, and need not be a secret.
  else for (const at of bytes.keys()) bytes[at] = Math.random() * 256;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** A pause that may end early. */
export function pauseFor(clock: Clock, ms: number): { over: Promise<void>; end: () => void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    const cancel = clock.after(ms, resolve);
    end = () => {
      cancel();
      resolve();
    };
  });
  return { over, end };
}
