// The WebSocket door: sessions that end or never were, malformed frames, and what else the socket
// carries.
import { describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { codeOf, connect, openSocket } from "../kit/socket.ts";
import { anEvent, aStranger } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";

const UPDATED = operation("RegistrationUpdated");

describe("a session", () => {
  test("that ends takes its streams with it", async () => {
    const { id: userId } = await aStranger();
    const organizer = await accessToken({ userId });
    const eventId = await anEvent(organizer);
    const socket = await connect({ as: await accessToken({ userId, lifeSeconds: 2 }) });
    const frame = await socket.next(socket.subscribe(UPDATED, { eventId }), 6_000);
    expect([frame.type, codeOf(frame)]).toEqual(["error", "UNAUTHENTICATED"]);
    expect((await socket.closed).code).toBe(4403);
  });

  test("that never was does not get in", async () => {
    const { id: userId } = await aStranger();
    const expired = await accessToken({ userId, lifeSeconds: -10 });
    for (const authorization of [`Bearer ${expired}`, "Bearer nonsense", "nonsense", 7]) {
      const socket = await openSocket();
      socket.send({ type: "connection_init", payload: { authorization } });
      expect((await socket.closed).code).toBe(4403);
    }
  });
});

describe("a malformed frame", () => {
  test.each([
    ["not JSON", "{", 4400],
    ["no type", "{}", 4400],
    ["an unknown type", `{"type":"shout"}`, 4400],
    [
      "a subscription without greeting",
      `{"id":"1","type":"subscribe","payload":{"query":"{a}"}}`,
      4401,
    ],
    ["a frame of a megabyte", `"${"x".repeat(1_000_000)}"`, 1009],
  ])("%s closes the socket with its code", async (_what, text, code) => {
    const socket = await openSocket();
    socket.send(text);
    expect((await socket.closed).code).toBe(code);
  });

  test("greeting twice and taking an id twice close the socket", async () => {
    const twice = await connect();
    twice.send({ type: "connection_init" });
    expect((await twice.closed).code).toBe(4429);
    const organizer = await aStranger();
    const eventId = await anEvent(organizer.token);
    const same = await connect({ as: organizer.token });
    const payload = { query: UPDATED, variables: { eventId } };
    same.send({ id: "1", type: "subscribe", payload });
    same.send({ id: "1", type: "subscribe", payload });
    expect((await same.closed).code).toBe(4409);
  });
});

test("queries and mutations work over the socket too", async () => {
  const { token } = await aStranger();
  const socket = await connect({ as: token });
  const id = socket.subscribe(`{ events(first: 1) { pageInfo { hasNextPage } } }`);
  expect(await socket.event(id)).toMatchObject({ events: { pageInfo: {} } });
  expect((await socket.next(id)).type).toBe("complete");
  socket.close();
});
