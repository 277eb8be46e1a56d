// Guarantees about the people whose messages begin threads: they follow them by a trigger, so that
// no release stores a thread without it.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { withDatabase } from "../../kit/database.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";
import { upTo } from "./harness.ts";

describe("the author of a message, when somebody else replies", () => {
  /** Whether they follow the thread, in a database of its own. */
  async function isFollowing(prepare: string) {
    const own = await openOwnDatabase("messaging");
    const [talk, author, other, root, answer] = upTo(5).map(() => newId());
    try {
      return await withDatabase(
        "messaging",
        async (client) => {
          await client.query(prepare);
          await client.query(`insert into conversation (id, kind, title, created_at, activity_at)
            values ('${talk}', 'GROUP', 'Talk', now(), now())`);
          await client.query(`insert into stream (id) values ('conversation:${talk}')`);
          for (const [id, role] of [
            [author, "OWNER"],
            [other, "MEMBER"],
          ]) {
            await client.query(`insert into member
              (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
              values ('${talk}', '${id}', '${role}', 0, now(), 0)`);
          }
          const append = (id = "", sender = "", extra = {}) =>
            client.query(`select verdict from append_messages(array['${id}']::uuid[],
              array['${talk}']::uuid[], array['${sender}']::uuid[], array['${id}'], array['h'],
              array['hello'], array[''], array[null]::text[], true,
              array['${JSON.stringify(extra)}']::jsonb[])`);
          await append(root, author);
          await append(answer, other, { threadRootId: root });
          const { rows } = await client.query<{ isFollowing: boolean }>(
            `select is_following as "isFollowing" from thread_mark where user_id = $1`,
            [author],
          );
          return rows;
        },
        own.url,
      );
    } finally {
      await own.drop();
    }
  }

  test("follows its thread", async () => {
    expect(await isFollowing("select 1")).toEqual([{ isFollowing: true }]);
  });

  test("would not without the trigger", async () => {
    expect(await isFollowing("drop trigger thread_begins on thread")).toEqual([]);
  });
});
