// A role that is taken away counts within a second: at both routers, over HTTP, on open sockets,
// for streams that a person has alone and for those that many share.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aMessage, take, watch } from "../e2e/messaging/harness.ts";
import { ask, dataOf } from "../kit/client.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { connect } from "../kit/socket.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { asAdmin } from "./matrix/world.ts";
import { aScene, closeOf, endOf, refusalOf, soon, WATCHED } from "./watched.ts";

const ROUTERS = [0, 1];

let admin: string;
let deaf: OwnRouter;
beforeAll(async () => {
  admin = (await asAdmin({ id: (await aPerson("Ann")).id, token: "" })).token;
  deaf = await startOwnRouter({ TOKEN_FEED_SOURCE: "nobody" });
}, 60_000);
afterAll(() => deaf?.stop());

const changeRole = (name: "GrantRole" | "RevokeRole", userId: string) =>
  dataOf(operation(name), { input: { userId, role: "MODERATOR" } }, { as: admin });

async function refreshed({ refreshToken }: Person): Promise<string> {
  const { refreshSession } = await dataOf<{ refreshSession: { accessToken: string } }>(
    operation("RefreshSession"),
    { input: { refreshToken } },
  );
  return refreshSession.accessToken;
}

const statusOf = async (as: string, router: number) =>
  (await ask("{ me { id } }", {}, { as, router })).status;

describe("when a role is revoked", () => {
  test("the streams of the person end at both routers, and a refresh goes on", async () => {
    const person = await aPerson();
    const scene = await aScene(person);
    await changeRole("GrantRole", person.id);
    const friend = await connect({ as: scene.friend.token });
    const friends = watch(friend, scene.group, 1);
    const watching = await Promise.all(
      ROUTERS.map(async (router) => {
        const socket = await connect({ as: person.token, router });
        const ids: [string, string][] = [];
        for (const [name, open] of Object.entries(WATCHED))
          ids.push([name, await open(socket, scene)]);
        return { socket, ids };
      }),
    );
    // The control: a router that does not follow the feed.
    const other = await connect({ as: person.token, url: deaf.url });
    const late = watch(other, scene.group, 0);
    await take(other, late, 1);
    await changeRole("RevokeRole", person.id);
    const by = soon();
    for (const { socket, ids } of watching) {
      for (const [name, id] of ids) {
        const { end } = await endOf(socket, id, by);
        expect([name, refusalOf(end).code]).toEqual([name, "UNAUTHENTICATED"]);
      }
      expect(await closeOf(socket, by)).toEqual({ code: 4403, reason: "Forbidden" });
    }
    for (const router of ROUTERS) expect(await statusOf(person.token, router)).toBe(401);
    const token = await refreshed(person);
    for (const router of ROUTERS) expect(await statusOf(token, router)).toBe(200);
    await aMessage(scene.friend, scene.group, "still here?");
    expect(await take(friend, friends, 1)).toMatchObject([{ message: { body: "still here?" } }]);
    expect(await take(other, late, 1)).toMatchObject([{ message: { body: "still here?" } }]);
    const again = await connect({ as: token });
    expect(await take(again, watch(again, scene.group, 1), 1)).toMatchObject([{ seq: 2 }]);
    for (const socket of [friend, other, again]) socket.close();
  }, 60_000);

  test("a grant ends nothing, and waits for the next refresh", async () => {
    const person = await aPerson();
    const socket = await connect({ as: person.token });
    await changeRole("GrantRole", person.id);
    expect(await statusOf(person.token, 0)).toBe(200);
    const answer = await socket.event(socket.subscribe("{ me { id } }"));
    expect(answer).toMatchObject({ me: { id: person.id } });
    socket.close();
    const [, claims = ""] = (await refreshed(person)).split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      ver: 0,
      roles: expect.arrayContaining(["MODERATOR"]),
    });
  });

  test("no old token gets anything after a second, and a new one gets all", async () => {
    const person = await aPerson();
    await changeRole("GrantRole", person.id);
    await changeRole("RevokeRole", person.id);
    await expect
      .poll(() => Promise.all(ROUTERS.map((router) => statusOf(person.token, router))), {
        timeout: 1_000,
      })
      .toEqual([401, 401]);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, at) => statusOf(person.token, at % 2)),
    );
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await statusOf(await refreshed(person), 0)).toBe(200);
  });
});
