// A person is told of what has happened once, however often and wherever the fact is heard, in a
// log without gaps; and an account that is erased meanwhile is not told. Negative control without
// the key.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { publishAfterCommit } from "../../../kit/live/changes.ts";
import { addNotices, type Notice } from "../../../subgraphs/users/notices/centre/actions.ts";
import { deleteStream } from "../../../subgraphs/users/notices/centre/store.ts";
import { openUsers, type Users } from "./harness.ts";

let replicas: readonly [Users, Users];
let people: readonly string[];

beforeAll(async () => {
  const users = await openUsers();
  replicas = [users, await users.replica()];
  const joined = [await users.join("Ada"), await users.join("Grace")];
  people = joined.map(({ userId }) => userId);
});

afterAll(async () => {
  await replicas[1].close();
  await replicas[0].close();
});

interface Told {
  readonly causes: string[];
  readonly seqs: number[];
  readonly entries: number;
}

async function hear(replica: Users, notices: readonly Notice[]): Promise<void> {
  const { announce } = replica.context().live;
  await publishAfterCommit(replica.database, announce, (change) =>
    addNotices(change, notices, new Date()),
  );
}

const noticeOf = (personId: string, cause: string): Notice => ({
  personId,
  kind: "MATCHED",
  cause,
  params: { matchId: newId() },
  otherId: null,
});

/** The notifications of a person under these causes, and their whole log. */
async function toldOf(personId: string, run: string): Promise<Told> {
  const causes = await replicas[0].sql<{ cause: string }>(
    "select cause from notification where person_id = $1 and cause like $2 order by cause",
    [personId, `${run}:%`],
  );
  const entries = await replicas[0].sql<{ seq: number; id: string }>(
    `select seq, payload->>'notificationId' as id from stream_entry
     where stream_id = 'person:' || $1 order by seq`,
    [personId],
  );
  return {
    causes: causes.map(({ cause }) => cause),
    seqs: entries.map(({ seq }) => seq),
    entries: new Set(entries.map(({ id }) => id)).size,
  };
}

/** Facts, each heard by both replicas, some of them again and again. */
const hearings = fc.array(
  fc.record({
    cause: fc.integer({ min: 1, max: 4 }),
    person: fc.integer({ min: 0, max: 1 }),
    replica: fc.integer({ min: 0, max: 1 }),
  }),
  { minLength: 2, maxLength: 12 },
);

describe("a person", () => {
  it("is told of each cause once, by replicas that hear it at once and again", async () => {
    await fc.assert(
      fc.asyncProperty(hearings, async (heard) => {
        const run = newId();
        await Promise.all(
          heard.map(({ cause, person, replica }) =>
            hear(replicas[replica] ?? replicas[0], [
              noticeOf(people[person] ?? "", `${run}:${cause}`),
            ]),
          ),
        );
        for (const [at, personId] of people.entries()) {
          const own = heard.filter(({ person }) => person === at);
          const wanted = [...new Set(own.map(({ cause }) => `${run}:${cause}`))].sort();
          const { causes, seqs, entries } = await toldOf(personId, run);
          expect(causes).toEqual(wanted);
          expect(seqs).toEqual(seqs.map((_seq, index) => index + 1));
          expect(entries).toBe(seqs.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("is told twice when the key does not hold", async () => {
    const users = await openUsers();
    const { userId } = await users.join("Ada");
    await users.sql(`create function other_cause() returns trigger language plpgsql as $$
      begin new.cause := new.cause || ':' || new.id; return new; end $$`);
    await users.sql(`create trigger other_cause before insert on notification
      for each row execute function other_cause()`);
    const notice = noticeOf(userId, "one");
    await Promise.all([hear(users, [notice]), hear(users, [notice])]);
    const told = await users.sql("select from notification where person_id = $1", [userId]);
    expect(told).toHaveLength(2);
    await users.close();
  });

  it("is not told once the account is erased, and nothing of it stays", async () => {
    const [users] = replicas;
    const { userId } = await users.join("Alan");
    await hear(users, [noticeOf(userId, "before")]);
    await inTransaction(users.database, async (tx) => {
      await deleteStream(tx, `person:${userId}`);
      await tx.user.deleteMany({ where: { id: userId } });
    });
    await hear(users, [noticeOf(userId, "after")]);
    const left = await users.sql("select from notification where person_id = $1", [userId]);
    const streams = await users.sql("select from stream where id = $1", [`person:${userId}`]);
    expect([left.length, streams.length]).toEqual([0, 0]);
  });
});
