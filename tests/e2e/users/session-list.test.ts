// The list of a person's sessions, and ending them, as the schema has it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { countsOf, enter, FIREFOX, SAFARI } from "./device-clients.ts";
import { as, openUsers, type Served, serve, type Users } from "./harness.ts";

let users: Users;
let served: Served;
beforeAll(async () => {
  users = await openUsers();
  served = await serve(users);
});
afterAll(async () => {
  await served.stop();
  await users.close();
});

interface Listed {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly id: string; readonly isCurrent: boolean; readonly device: object };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function list(person: SignedIn, variables = {}): Promise<Listed> {
  const { data } = await served.ask(as(person), operation("Sessions"), variables);
  const me = data?.me as { sessions: Listed } | undefined;
  if (!me) throw new Error("nobody is signed in");
  return me.sessions;
}

const sessionOf = (person: SignedIn) => {
  const identity = as(person);
  return identity.kind === "viewer" ? identity.viewer.sessionId : "";
};
const ids = ({ edges }: Listed) => edges.map(({ node }) => node.id);
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const end = (person: SignedIn, sessionId: string) =>
  served.ask(as(person), operation("EndSession"), { input: { sessionId } });

describe("the list of sessions", () => {
  test("has the last used first, with their devices, and marks the one that asks", async () => {
    const ada = await users.join("Ada", ago(30));
    const phone = await enter(users, ada.userId, { client: SAFARI, now: ago(10) });
    const laptop = await enter(users, ada.userId, { client: FIREFOX, now: ago(20) });
    const listed = await list(laptop);
    expect(listed.edges.map(({ node }) => node)).toMatchObject([
      {
        id: sessionOf(phone),
        isCurrent: false,
        device: { kind: "PHONE", browser: "Safari", system: "iOS" },
      },
      {
        id: sessionOf(laptop),
        isCurrent: true,
        device: { kind: "COMPUTER", browser: "Firefox", system: "Linux" },
      },
      {
        id: sessionOf(ada),
        isCurrent: false,
        device: { kind: "UNKNOWN", browser: null, system: null },
      },
    ]);
  });

  test("has pages without a hole or a repetition, also for equal times", async () => {
    const [ada, now] = [await users.join("Ada", ago(30)), ago(5)];
    for (let at = 0; at < 6; at += 1) await enter(users, ada.userId, { now });
    const all = ids(await list(ada));
    expect(all).toHaveLength(7);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Listed = await list(ada, { first: 2, after });
      paged.push(...ids(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(all);
  });

  test("leaves out sessions that have ended, expired or were not used for 30 days", async () => {
    const ada = await users.join("Ada");
    const sessions = await Promise.all(Array.from({ length: 3 }, () => enter(users, ada.userId)));
    const [ended = "", expired = "", idle = ""] = sessions.map(sessionOf);
    await end(ada, ended);
    await users.sql(
      "update session set created_at = now() - interval '91 days', expires_at = now() - interval '1 day' where id = $1",
      [expired],
    );
    await users.sql("update session set last_used_at = now() - interval '30 days' where id = $1", [
      idle,
    ]);
    expect(ids(await list(ada))).toEqual([sessionOf(ada)]);
  });

  test("is nobody else's to read, not even an admin's", async () => {
    const [ada, grace] = [await users.join("Ada"), await users.join("Grace")];
    const query = "query ($id: ID!) { user(id: $id) { id sessions { edges { cursor } } } }";
    const identity = as(grace);
    if (identity.kind !== "viewer") throw new Error("nobody");
    const admin = { ...identity, viewer: { ...identity.viewer, scopes: ["admin"] } };
    for (const reader of [identity, admin]) {
      const { data } = await served.ask(reader, query, { id: ada.userId });
      expect(data).toEqual({ user: { id: ada.userId, sessions: null } });
    }
  });
});

describe("ending a session", () => {
  test("of one's own ends it, forgets its device, and can be repeated", async () => {
    const ada = await users.join("Ada");
    const id = sessionOf(await enter(users, ada.userId));
    const answers = await Promise.all(Array.from({ length: 20 }, () => end(ada, id)));
    for (const { data } of answers) {
      expect(data).toEqual({ endSession: { __typename: "EndSessionSuccess", sessionId: id } });
    }
    const [facts] = await users.sql<{ count: number }>(
      "select count(*)::int as count from outbox where topic = 'users.session.ended.v1' and key = $1",
      [id],
    );
    expect(facts?.count).toBe(1);
    expect(ids(await list(ada))).toEqual([sessionOf(ada)]);
    expect(await countsOf(users, ada.userId)).toMatchObject({ devices: 1 });
  });

  test("of somebody else, or an unknown one, is the same refusal and ends nothing", async () => {
    const [ada, grace] = [await users.join("Ada"), await users.join("Grace")];
    const theirs = sessionOf(grace);
    for (const id of [theirs, newId(), "not an id", ""]) {
      const { data, errors } = await end(ada, id);
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    }
    expect(ids(await list(grace))).toEqual([theirs]);
  });

  test("for all others leaves the one that asks, and its device", async () => {
    const ada = await users.join("Ada");
    await enter(users, ada.userId);
    await enter(users, ada.userId, { deviceToken: ada.deviceToken });
    const { data } = await served.ask(as(ada), operation("EndOtherSessions"));
    expect(data).toEqual({
      endOtherSessions: { __typename: "EndOtherSessionsSuccess", endedCount: 2 },
    });
    expect(ids(await list(ada))).toEqual([sessionOf(ada)]);
    const again = await enter(users, ada.userId, { deviceToken: ada.deviceToken });
    expect(again.deviceToken).toBe(ada.deviceToken);
    expect(await countsOf(users, ada.userId)).toEqual({ devices: 1, mails: 1 });
  });
});
