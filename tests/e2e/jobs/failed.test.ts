// What was given up in the background: admins list it in every subgraph and try it again, and see
// nothing of what it is about. Others are refused.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { accessToken } from "../../kit/tokens.ts";

const SUBGRAPHS = ["users", "events", "matching", "messaging"] as const;
type Subgraph = (typeof SUBGRAPHS)[number];
const CONSUMERS = ["events", "matching", "messaging"] as const;

interface Failed {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number | null;
  readonly isRetrying: boolean;
}

let admin: string;
let person: string;
beforeAll(async () => {
  const userId = randomUUID();
  admin = await accessToken({ userId, roles: ["ADMIN"], scopes: ["admin"] });
  person = await accessToken({ userId: randomUUID() });
});

/** A job that no worker takes, because none knows its kind. */
async function givenUp(subgraph: Subgraph, key = randomUUID(), error = "It is broken.") {
  const id = randomUUID();
  await withDatabase(subgraph, (client) =>
    client.query(
      `insert into job (id, kind, key, payload, priority, state, run_at, due_at, attempts, error,
        created_at, finished_at)
       values ($1, 'test.unknown', $2, '{"canary": "secret"}', 1, 'GIVEN_UP', now(), now(), 3, $3,
        now(), now())`,
      [id, key, error],
    ),
  );
  return { id: `job:${id}`, key };
}

async function deadLetter(subgraph: Subgraph, error: string): Promise<string> {
  const key = randomUUID();
  await withDatabase(subgraph, (client) =>
    client.query(
      `insert into dead_letter (source, position, topic, key, version, payload, error, created_at)
       values ('nobody', 1, 'test.letter.v1', $1, 1, '{"canary": "secret"}', $2, now())`,
      [key, error],
    ),
  );
  return key;
}

const fieldOf = (subgraph: Subgraph) => `${subgraph}FailedJobs`;
const retryOf = (subgraph: Subgraph) =>
  `Retry${subgraph[0]?.toUpperCase()}${subgraph.slice(1)}FailedJob`;

async function list(subgraph: Subgraph, first = 100): Promise<Failed[]> {
  type Page = { edges: { node: Failed }[] };
  const data = await dataOf<Record<string, Page>>(
    operation("FailedJobs"),
    { first },
    { as: admin },
  );
  return (data[fieldOf(subgraph)]?.edges ?? []).map(({ node }) => node);
}

describe.each(SUBGRAPHS)("a job that %s gave up", (subgraph) => {
  it("is shown to admins without its payload, and tried again once", async () => {
    const { id, key } = await givenUp(subgraph);
    const found = (await list(subgraph)).find((each) => each.key === key);
    expect(found).toMatchObject({ id, kind: "test.unknown", reason: "It is broken.", attempts: 3 });
    expect(JSON.stringify(found)).not.toContain("secret");

    const retry = operation(retryOf(subgraph));
    const data = await dataOf<object>(retry, { input: { id } }, { as: admin });
    expect(Object.values(data)).toEqual([
      expect.objectContaining({ failedJob: { id, isRetrying: true } }),
    ]);
    expect((await list(subgraph)).map((each) => each.key)).not.toContain(key);
    const { rows } = await withDatabase(subgraph, (client) =>
      client.query("select state, attempts, finished_at from job where key = $1", [key]),
    );
    expect(rows).toEqual([{ state: "WAITING", attempts: 0, finished_at: null }]);
    const again = await refusalOf(retry, { input: { id } }, { as: admin });
    expect(again.code).toBe("NOT_FOUND");
  });

  it("is for admins only", async () => {
    const { id } = await givenUp(subgraph);
    const listed = await refusalOf(
      `{ ${fieldOf(subgraph)} { edges { cursor } } }`,
      {},
      { as: person },
    );
    expect(listed.code).toBe("FORBIDDEN");
    const retried = await refusalOf(
      operation(retryOf(subgraph)),
      { input: { id } },
      { as: person },
    );
    expect(retried.code).toBe("FORBIDDEN");
  });

  it.each(["nonsense", "job:7", `event:${randomUUID()}`, `job:${randomUUID()}`, "event:999999999"])(
    "is not found as %s",
    async (id) => {
      const refusal = await refusalOf(
        operation(retryOf(subgraph)),
        { input: { id } },
        { as: admin },
      );
      expect(refusal.code).toBe("NOT_FOUND");
    },
  );
});

describe.each(CONSUMERS)("an integration event that %s gave up", (subgraph) => {
  it("is in the same list, without what its error quotes, and marked when it is retried", async () => {
    const key = await deadLetter(subgraph, 'Error: "Ada" of ada@example.com is bad\n  at a stack');
    const found = (await list(subgraph)).find((each) => each.key === key);
    expect(found).toMatchObject({ kind: "test.letter.v1", attempts: null, isRetrying: false });
    expect(found?.reason).toBe("Error: … of … is bad");
    const input = { id: found?.id };
    await dataOf(operation(retryOf(subgraph)), { input }, { as: admin });
    const now = (await list(subgraph)).find((each) => each.key === key);
    expect(now?.isRetrying).toBe(true);
  });
});

it("the list has pages, the newest first, over both kinds", async () => {
  const keys: string[] = [];
  for (let at = 0; at < 3; at += 1) {
    keys.push((await givenUp("events")).key, await deadLetter("events", "broken"));
  }
  const query = `query ($after: String) { eventsFailedJobs(first: 4, after: $after) {
    edges { node { key } } pageInfo { hasNextPage endCursor } } }`;
  type Page = {
    edges: { node: { key: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true; more && seen.length < 500; ) {
    const { eventsFailedJobs: page }: { eventsFailedJobs: Page } = await dataOf(
      query,
      { after },
      { as: admin },
    );
    seen.push(...page.edges.map(({ node }) => node.key));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((key) => keys.includes(key))).toEqual(keys.toReversed());
});
