// The names that are there when somebody becomes verified: those that look like theirs go to
// moderators, all of them, also those that are taken at the same time.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { looseSkeletonOf } from "../../../kit/input/skeleton.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aName, rename, reviews, SOON, settle, verify } from "./names.ts";

/** Waits until no comparison of names is left to do. */
async function untilCompared(): Promise<void> {
  const open = "select from job where kind = 'names.compare' and finished_at is null";
  await untilRows("users", open, [], 0);
}

/** How many batches of names were compared. */
async function comparisons(): Promise<number> {
  const { rowCount } = await withDatabase("users", (client) =>
    client.query("select from job where kind = 'names.compare'"),
  );
  return rowCount ?? 0;
}

/** More people with the name of a person, who have no account. Returns their ids. */
async function namesakes(of: Person, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await withDatabase("users", (client) =>
    client.query(
      `insert into person (id, display_name, name_key, search_text, fold_version, name_skeleton,
         skeleton_version, languages, skills, interests, intents, created_at, standing)
       select id, display_name, name_key, search_text, fold_version, name_skeleton,
         skeleton_version, languages, skills, interests, intents, created_at, 'SUSPENDED'
       from unnest($2::uuid[]) as more(id),
         (select display_name, name_key, search_text, fold_version, name_skeleton, skeleton_version,
            languages, skills, interests, intents, created_at from person where id = $1) as one`,
      [of.id, ids],
    ),
  );
  return ids;
}

describe("a person who becomes verified", () => {
  test("sends all who have such a name to moderators, and nobody else, once", async () => {
    const { name, likeness } = aName();
    const [star, one, two, other] = [
      await aPerson(name),
      await aPerson(name),
      await aPerson(likeness),
      await aPerson(`${name} junior`),
    ];
    await Promise.all([verify(star), verify(star), verify(star)]);
    await expect.poll(() => reviews([one, two]), SOON).toHaveLength(2);
    const open = await reviews([star, one, two, other]);
    expect(open.map(({ user, similarTo }) => [user.id, similarTo.id]).sort()).toEqual(
      [one, two].map(({ id }) => [id, star.id]).sort(),
    );
    // With a badge, the second one is as much a person of this name as the first.
    await settle(open.find(({ user }) => user.id === two.id)?.id ?? "", "KEEP");
    await verify(two);
    await untilCompared();
    expect(await reviews([star, two])).toEqual([]);
    expect(await reviews([one])).toHaveLength(1);
  });

  test("does so in batches, for a name that hundreds share", async () => {
    const { name } = aName();
    const star = await aPerson(name);
    const ids = await namesakes(star, 450);
    await untilCompared();
    const before = await comparisons();
    await verify(star);
    const open = "select from name_review where similar_to = $1 and settled_at is null";
    await untilRows("users", open, [star.id], ids.length);
    await untilCompared();
    expect((await comparisons()) - before).toBe(3);
  });

  test("and people who take the name at the same time miss none of each other", async () => {
    const rounds = Array.from({ length: 10 }, aName);
    await Promise.all(
      rounds.map(async ({ name, likeness }) => {
        const [star, renamed] = await Promise.all([aPerson(name), aPerson("Bob")]);
        await Promise.all([verify(star), rename(renamed, likeness)]);
        await expect.poll(() => reviews([renamed]), SOON).toHaveLength(1);
      }),
    );
  });

  test("waits for a name that is being taken, and finds it", async () => {
    const { name, likeness } = aName();
    const [star, renamed] = [await aPerson(name), await aPerson("Bob")];
    // A change of name that has compared itself, found no badge, and is not committed yet.
    const verified = await withDatabase("users", async (client) => {
      await client.query("begin");
      await client.query("select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [
        `name ${looseSkeletonOf(likeness)}`,
      ]);
      await client.query(`update person set display_name = $2, name_skeleton = $3 where id = $1`, [
        renamed.id,
        likeness,
        looseSkeletonOf(likeness),
      ]);
      const verifying = verify(star);
      const waiting = "select from pg_locks where locktype = 'advisory' and not granted";
      await untilRows("users", waiting, [], 1);
      await client.query("commit");
      return verifying;
    });
    expect(verified.__typename).toBe("VerifyUserSuccess");
    await expect.poll(() => reviews([renamed]), SOON).toHaveLength(1);
  });
});
