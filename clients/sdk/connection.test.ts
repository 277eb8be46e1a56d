// Guarantees about the socket, against sockets of this file: what follows each close code, one
// pause for all streams, and no pause for an ended token.
import { expect, test } from "vitest";
import { Connection, type Ending } from "./connection.ts";
import { SocketClosedError } from "./errors.ts";
import { createObservable } from "./observable.ts";
import type { Session } from "./session.ts";
import type { SessionState } from "./session-state.ts";

type Message = { readonly type: string; readonly payload?: { readonly authorization?: string } };

/** Sockets that open by themselves, and greet unless told otherwise. */
function createSockets() {
  const opened: FakeSocket[] = [];
  const greetings: unknown[] = [];
  class FakeSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readyState = 0;
    onopen = () => {};
    onclose = (_event: object) => {};
    onmessage = (_event: object) => {};
    constructor() {
      opened.push(this);
      queueMicrotask(() => {
        this.readyState = 1;
        this.onopen();
      });
    }
    addEventListener(): void {}
    send(text: string): void {
      const { type, payload }: Message = JSON.parse(text);
      if (type !== "connection_init") return;
      greetings.push(payload?.authorization);
      queueMicrotask(() => this.onmessage({ data: '{"type":"connection_ack"}' }));
    }
    close(code: number, reason = ""): void {
      this.readyState = 3;
      this.onclose({ code, reason });
    }
  }
  return { FakeSocket, opened, greetings };
}

function start({ isPauseEndless = false } = {}) {
  const { FakeSocket, opened, greetings } = createSockets();
  const pauses: number[] = [];
  let token = 1;
  const state = createObservable<SessionState>({ status: "signedIn", viewerId: "me" });
  const session = {
    getSnapshot: () => state.getSnapshot(),
    subscribe: state.subscribe,
    accessToken: async () => `t${token}`,
    async renew() {
      token += 1;
    },
  } as unknown as Session;
  const clock = {
    now: () => 0,
    after(ms: number, work: () => void) {
      // The time to connect is of no interest here.
      if (ms === 77) return () => {};
      pauses.push(ms);
      if (isPauseEndless) return () => {};
      const timer = setTimeout(work, 0);
      return () => clearTimeout(timer);
    },
  };
  const connection = new Connection({
    url: "http://router/graphql",
    session,
    clock,
    random: () => 1,
    webSocket: FakeSocket,
    subscriberId: "tab",
    idleMs: 1_000,
    pingMs: 60_000,
    pongMs: 1_000,
    connectMs: 77,
  });
  const endings: Ending[] = [];
  const subscribe = async () => {
    await connection.ready();
    connection.subscribe(
      { query: "", variables: {} },
      () => {},
      (ending) => endings.push(ending),
    );
  };
  /** Socket number `count`, from 1, once it is open. */
  const socket = async (count: number) => {
    await expect.poll(() => greetings.length).toBe(count);
    await expect.poll(() => connection.state.getSnapshot()).toBe("open");
    return opened[count - 1] as InstanceType<typeof FakeSocket>;
  };
  return { connection, subscribe, socket, endings, greetings, pauses, state };
}

test("a broken socket is replaced after pauses that grow, one for all its streams", async () => {
  const { subscribe, socket, endings, pauses } = start();
  for (const count of [1, 2, 3]) {
    await Promise.all([subscribe(), subscribe()]);
    (await socket(count)).close(1006);
    await expect.poll(() => endings.length).toBe(count * 2);
  }
  expect(endings.every(({ kind }) => kind === "lost")).toBe(true);
  expect(pauses).toEqual([1_000, 2_000, 4_000]);
});

test("an ended token is renewed without a pause, and with one if that does not help", async () => {
  const { subscribe, socket, endings, greetings, pauses } = start();
  for (const count of [1, 2]) {
    await subscribe();
    (await socket(count)).close(4403, "Forbidden");
    await expect.poll(() => endings.length).toBe(count);
  }
  await subscribe();
  await socket(3);
  expect(greetings).toEqual(["Bearer t1", "Bearer t2", "Bearer t3"]);
  expect(pauses).toEqual([0, 2_000]);
});

test("a code that another try does not change ends all streams with it", async () => {
  const { connection, subscribe, socket } = start();
  await subscribe();
  (await socket(1)).close(4400, "Invalid message received");
  await expect(connection.ready()).rejects.toThrow(SocketClosedError);
  await expect(connection.ready()).rejects.toMatchObject({ code: 4400 });
  expect(connection.state.getSnapshot()).toBe("idle");
});

test("waking forgets a fault that ended the socket, and no closing by the client", async () => {
  const { connection, subscribe, socket } = start();
  await subscribe();
  (await socket(1)).close(1002, "Protocol error");
  await expect(connection.ready()).rejects.toMatchObject({ code: 1002 });
  connection.wake();
  await subscribe();
  await socket(2);
  await connection.close();
  connection.wake();
  await expect(connection.ready()).rejects.toMatchObject({ code: 1000 });
});

test("a replaced socket has a new token, and another is opened without a pause", async () => {
  const { connection, subscribe, socket, endings, greetings, pauses } = start();
  await subscribe();
  await socket(1);
  await connection.replace();
  await expect.poll(() => endings).toEqual([{ kind: "lost" }]);
  await subscribe();
  await socket(2);
  expect(greetings).toEqual(["Bearer t1", "Bearer t2"]);
  expect(pauses).toEqual([]);
});

test("waking ends a pause, and replaces a socket that may be dead", async () => {
  const { connection, subscribe, socket, endings, pauses } = start({ isPauseEndless: true });
  await subscribe();
  (await socket(1)).close(1006);
  await expect.poll(() => endings.length).toBe(1);
  const next = subscribe();
  connection.wake();
  await next;
  await socket(2);
  connection.wake();
  await expect.poll(() => endings.length).toBe(2);
  await subscribe();
  await socket(3);
  expect(pauses).toEqual([1_000]);
});

test("the socket of a person who signed out serves nobody else", async () => {
  const { subscribe, socket, greetings, pauses, state, connection } = start();
  const none = () => {};
  const stop = connection.subscribe({ query: "", variables: {} }, none, none);
  await socket(1);
  stop();
  state.set({ status: "signedIn", viewerId: "other" });
  expect(connection.state.getSnapshot()).toBe("idle");
  await subscribe();
  await socket(2);
  expect([greetings.length, pauses]).toEqual([2, []]);
});
