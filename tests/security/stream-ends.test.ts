// Streams that must end: after signing out, a stolen refresh token, an expired access token, or
// leaving a conversation. Each ends within a second, at both routers, with a reason and nothing
// after it. Streams of others go on.

import { afterAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aMessage, mutate, take, watch } from "../e2e/messaging/harness.ts";
import { openAtHeads, receive } from "../e2e/messaging/inbox-harness.ts";
import { ask, dataOf } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { connect, type Socket } from "../kit/socket.ts";
import { aPerson, aTokenHolder, type Person } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";
import {
  anotherGroup,
  aScene,
  closeOf,
  endOf,
  goOut,
  refusalOf,
  soon,
  WATCHED,
} from "./watched.ts";

const ROUTERS = [0, 1];

const routers: OwnRouter[] = [];
afterAll(() => Promise.all(routers.map((router) => router.stop())));

async function ownRouter(source: string): Promise<string> {
  const router = await startOwnRouter({ TOKEN_FEED_SOURCE: source });
  routers.push(router);
  return router.url;
}

/** Another session of the same person. */
async function signedInAgain({ email, password }: Person): Promise<string> {
  const { signIn } = await dataOf<{ signIn: { accessToken: string } }>(operation("SignIn"), {
    input: { email, password },
  });
  return signIn.accessToken;
}

const sessionOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sid as string;

const refresh = (refreshToken: string) =>
  dataOf(operation("RefreshSession"), { input: { refreshToken } });

const ENDINGS: Record<string, (person: Person) => Promise<() => Promise<unknown>>> = {
  "signing out":
    async ({ token }) =>
    () =>
      dataOf(operation("SignOut"), {}, { as: token }),
  "the list of sessions on another device": async (person) => {
    const as = await signedInAgain(person);
    const input = { sessionId: sessionOf(person.token) };
    return () => dataOf(operation("EndSession"), { input }, { as });
  },
  "a refresh token that comes back": async ({ id, refreshToken }) => {
    await refresh(refreshToken);
    await withDatabase("users", (client) =>
      client.query(
        `update refresh_token set rotated_at = rotated_at - interval '1 minute'
         from session where session.id = session_id and user_id = $1 and rotated_at is not null`,
        [id],
      ),
    );
    return () => refresh(refreshToken);
  },
};

async function watchAll(socket: Socket, scene: Parameters<typeof goOut>[1]) {
  const ids: [name: string, id: string][] = [];
  for (const [name, open] of Object.entries(WATCHED)) ids.push([name, await open(socket, scene)]);
  return ids;
}

describe("a session that is ended by", () => {
  test.each(Object.keys(ENDINGS))(
    "%s ends all its streams, at both routers, and no others",
    async (how) => {
      const person = await aPerson();
      const scene = await aScene(person);
      const phone = await connect({ as: await signedInAgain(person), router: 1 });
      const log = watch(phone, scene.group, 1);
      const { id: inbox } = await openAtHeads(phone);
      const watching = await Promise.all(
        ROUTERS.map(async (router) => {
          const socket = await connect({ as: person.token, router });
          return { socket, ids: await watchAll(socket, scene) };
        }),
      );
      const end = await ENDINGS[how]?.(person);
      await end?.();
      const by = soon();
      for (const { socket, ids } of watching) {
        for (const [name, id] of ids) {
          const { end: last } = await endOf(socket, id, by);
          expect([name, refusalOf(last).code]).toEqual([name, "UNAUTHENTICATED"]);
        }
        expect(await closeOf(socket, by)).toEqual({ code: 4403, reason: "Forbidden" });
      }
      for (const router of ROUTERS) {
        const { status } = await ask("{ me { id } }", {}, { as: person.token, router });
        expect(status).toBe(401);
      }
      await aMessage(scene.friend, scene.group, "still here?");
      expect(await take(phone, log, 1)).toMatchObject([{ message: { body: "still here?" } }]);
      expect(await receive(phone, inbox, 1)).toMatchObject([{ message: { body: "still here?" } }]);
      phone.close();
    },
    60_000,
  );

  test("ending all others ends each of them within a second, and not the one that asks", async () => {
    const person = await aPerson();
    const scene = await aScene(person);
    const asking = await connect({ as: person.token });
    const log = watch(asking, scene.group, 1);
    const others = await Promise.all(
      ROUTERS.map(async (router) => {
        const socket = await connect({ as: await signedInAgain(person), router });
        return { socket, id: watch(socket, scene.group, 0) };
      }),
    );
    for (const { socket, id } of others) await take(socket, id, 1);
    await dataOf(operation("EndOtherSessions"), {}, { as: person.token, router: 1 });
    const by = soon();
    for (const { socket, id } of others) {
      expect(refusalOf((await endOf(socket, id, by)).end).code).toBe("UNAUTHENTICATED");
      expect(await closeOf(socket, by)).toEqual({ code: 4403, reason: "Forbidden" });
    }
    await aMessage(scene.friend, scene.group, "still here?");
    expect(await take(asking, log, 1)).toMatchObject([{ message: { body: "still here?" } }]);
    asking.close();
  }, 60_000);

  test("signing out reaches a router that starts later, but not one that does not follow sessions", async () => {
    const person = await aPerson();
    const scene = await aScene(person);
    const deaf = await ownRouter("nobody");
    const socket = await connect({ as: person.token, url: deaf });
    const id = watch(socket, scene.group, 0);
    await take(socket, id, 1);
    await dataOf(operation("SignOut"), {}, { as: person.token });
    await expect(endOf(socket, id, soon())).rejects.toThrow("no frame");
    await aMessage(scene.friend, scene.group, "you hear what you should not");
    expect(await take(socket, id, 1)).toMatchObject([{ seq: 2 }]);
    expect((await ask("{ me { id } }", {}, { as: person.token, url: deaf })).status).toBe(200);
    socket.close();
    const later = await ownRouter("users");
    expect((await ask("{ me { id } }", {}, { as: person.token, url: later })).status).toBe(401);
  }, 60_000);
});

describe("an access token that expires", () => {
  test("ends its streams, at both routers, within a second", async () => {
    const { id, token } = await aTokenHolder();
    const scene = await aScene({ id, token });
    for (const router of ROUTERS) {
      const endsAt = Math.floor(Date.now() / 1_000) + 6;
      const lifeSeconds = endsAt - Math.floor(Date.now() / 1_000);
      const as = await accessToken({ userId: id, lifeSeconds });
      const socket = await connect({ as, router });
      for (const [name, stream] of await watchAll(socket, scene)) {
        const { end } = await endOf(socket, stream, endsAt * 1_000 + 1_000);
        expect([name, refusalOf(end).code]).toEqual([name, "UNAUTHENTICATED"]);
      }
      expect((await closeOf(socket, endsAt * 1_000 + 1_000)).code).toBe(4403);
      expect((await ask("{ me { id } }", {}, { as, router })).status).toBe(401);
    }
  }, 60_000);
});

describe("a person outside a conversation, because they were", () => {
  test.each(["removed", "leaves"] as const)(
    "%s, receives nothing more of it",
    async (how) => {
      const person = await aTokenHolder();
      const scene = await aScene(person);
      const other = await anotherGroup(scene.friend, person);
      const staying = await connect({ as: scene.friend.token, router: 1 });
      const log = watch(staying, scene.group, 1);
      const watching = await Promise.all(
        ROUTERS.map(async (router) => {
          const socket = await connect({ as: person.token, router });
          const { conversationEvents, inboxEvents, signals } = WATCHED;
          return {
            socket,
            watched: (await conversationEvents?.(socket, scene)) ?? "",
            signalsId: (await signals?.(socket, scene)) ?? "",
            inbox: (await inboxEvents?.(socket, scene)) ?? "",
          };
        }),
      );
      await goOut(how, scene);
      const by = soon();
      for (const { socket, watched, signalsId } of watching) {
        const { end, before } = await endOf(socket, watched, by);
        expect(end.type).toBe("complete");
        expect(JSON.stringify(before)).toContain("MembersChanged");
        expect((await endOf(socket, signalsId, by)).end.type).toBe("complete");
      }
      await mutate("SetTyping", scene.friend, { conversationId: scene.group });
      await aMessage(scene.friend, scene.group, "behind their back");
      await aMessage(scene.friend, other, "to their face");
      for (const { socket, inbox } of watching) {
        const events = await receive(socket, inbox, 3);
        expect(JSON.stringify(events)).not.toContain("behind their back");
        expect(events.map((event) => event.__typename).sort()).toEqual([
          "ConversationRemoved",
          "MembersChanged",
          "MessageSent",
        ]);
        socket.close();
      }
      expect(await take(staying, log, 2)).toMatchObject([
        { __typename: "MembersChanged" },
        { message: { body: "behind their back" } },
      ]);
      staying.close();
    },
    60_000,
  );
});
