// Blocks: set, lifted, listed for the blocker only, and published once for each change.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";

interface Blocked {
  readonly me: {
    readonly blockedUsers: {
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: { readonly id: string };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean };
    };
  };
}

const block = (by: Person, userId: string) =>
  dataOf<{ blockUser: { __typename: string } }>(
    operation("BlockUser"),
    { input: { userId } },
    { as: by.token },
  );

const unblock = (by: Person, userId: string) =>
  dataOf(operation("UnblockUser"), { input: { userId } }, { as: by.token });

async function blockedBy(person: Person, page: object = {}) {
  const { me } = await dataOf<Blocked>(
    operation("BlockedUsers"),
    { ...page },
    { as: person.token },
  );
  return me.blockedUsers;
}

const idsOf = ({ edges }: Blocked["me"]["blockedUsers"]) => edges.map(({ node }) => node.id);

async function toldOf(person: Person): Promise<{ version: number; payload: object }[]> {
  return withDatabase("users", async (client) => {
    const { rows } = await client.query(
      `select version, payload from outbox
       where topic = 'users.block.changed.v1' and key like $1 order by id`,
      [`${person.id}:%`],
    );
    return rows;
  });
}

test("a block lasts until it is lifted, and each change is published once", async () => {
  const [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
  await block(ada, grace.id);
  await block(ada, grace.id);
  expect(idsOf(await blockedBy(ada))).toEqual([grace.id]);
  expect(idsOf(await blockedBy(grace))).toEqual([]);
  await unblock(ada, grace.id);
  await unblock(ada, grace.id);
  expect(idsOf(await blockedBy(ada))).toEqual([]);
  const pair = { blockerId: ada.id, blockedId: grace.id };
  expect(await toldOf(ada)).toEqual([
    { version: 1, payload: { ...pair, isBlocked: true } },
    { version: 2, payload: { ...pair, isBlocked: false } },
  ]);
});

test("lifting a block that does not exist changes nothing and publishes nothing", async () => {
  const [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
  await unblock(ada, grace.id);
  expect(await toldOf(ada)).toEqual([]);
});

test("setting and lifting one block many times at once leaves versions without gaps or repeats", async () => {
  const [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 2 ? unblock : block)(ada, grace.id)),
  );
  const versions = (await toldOf(ada)).map(({ version }) => version);
  expect(versions.length).toBeGreaterThan(0);
  expect(versions).toEqual(versions.map((_, at) => at + 1));
});

test("the list is newest first, on pages without gaps", async () => {
  const ada = await aPerson("Ada");
  const others: Person[] = [];
  for (const name of ["Grace", "Linus", "Barbara"]) {
    const other = await aPerson(name);
    await block(ada, other.id);
    others.unshift(other);
  }
  const first = await blockedBy(ada, { first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await blockedBy(ada, { first: 2, after: first.edges.at(-1)?.cursor });
  expect(second.pageInfo.hasNextPage).toBe(false);
  expect([...idsOf(first), ...idsOf(second)]).toEqual(others.map(({ id }) => id));
});

test("blocking oneself or a person who does not exist is refused", async () => {
  const ada = await aPerson("Ada");
  expect((await block(ada, ada.id)).blockUser.__typename).toBe("SelfBlockProblem");
  for (const userId of [newId(), "nobody"]) {
    const options = { as: ada.token };
    const { errors } = await ask(operation("BlockUser"), { input: { userId } }, options);
    expect(errors?.[0]).toMatchObject({
      extensions: { code: "NOT_FOUND", field: "input.userId", received: userId },
    });
  }
});

test("only the blocker reads the list of blocked people", async () => {
  const [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
  await block(ada, grace.id);
  const query = "query ($id: ID!) { user(id: $id) { id blockedUsers { edges { cursor } } } }";
  const { data } = await ask(query, { id: ada.id }, { as: grace.token });
  expect(data).toEqual({ user: { id: ada.id, blockedUsers: null } });
  const anonymous = await ask(operation("BlockUser"), { input: { userId: ada.id } });
  expect(anonymous.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});
