// WebSockets of the whole graph: sessions that end or do not exist, and other operations than
// subscriptions. closings.test.ts has the close codes.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { codeOf, connect, openSocket } from "../../kit/socket.ts";
import { anEvent, aTokenHolder } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

const UPDATED = operation("RegistrationUpdated");

describe("a session", () => {
  test("that ends also ends its streams", async () => {
    const { id: userId } = await aTokenHolder();
    const organizer = await accessToken({ userId });
    const eventId = await anEvent(organizer);
    const socket = await connect({ as: await accessToken({ userId, lifeSeconds: 4 }) });
    const frame = await socket.next(socket.subscribe(UPDATED, { eventId }));
    expect([frame.type, codeOf(frame)]).toEqual(["error", "UNAUTHENTICATED"]);
    expect((await socket.closed).code).toBe(4403);
  });

  test("that does not exist opens no socket", async () => {
    const { id: userId } = await aTokenHolder();
    const expired = await accessToken({ userId, lifeSeconds: -10 });
    for (const authorization of [`Bearer ${expired}`, "Bearer nonsense", "nonsense", 7]) {
      const socket = await openSocket();
      socket.send({ type: "connection_init", payload: { authorization } });
      expect((await socket.closed).code).toBe(4403);
    }
  });
});

test("queries and mutations also run over the socket", async () => {
  const { token } = await aTokenHolder();
  const socket = await connect({ as: token });
  const id = socket.subscribe(`{ events(first: 1) { pageInfo { hasNextPage } } }`);
  expect(await socket.event(id)).toMatchObject({ events: { pageInfo: {} } });
  expect((await socket.next(id)).type).toBe("complete");
  socket.close();
});
