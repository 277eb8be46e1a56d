// A long conversation, written straight into messaging's database: through the API it would take
// minutes.
import { randomUUID } from "node:crypto";
import { newId } from "../../kit/data/id.ts";
import { withDatabase } from "../kit/database.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { aGroup } from "./people.ts";

export interface History {
  readonly reader: Person;
  readonly conversationId: string;
  readonly count: number;
}

/** Longer and shorter texts by turns, so that no two neighbours are equally high. */
const BODY = "'m-' || n || '.' || repeat(' and so on'::text, (n * 7919 % 41)::int)";

/** `count` messages of two people, a minute each, `m-1.` to `m-<count>.`, all of them read. */
export async function aHistory(count: number): Promise<History> {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  const conversationId = await aGroup("The long talk", ada, [grace]);
  await withDatabase("messaging", async (client) => {
    const stream = `conversation:${conversationId}`;
    const { rows } = await client.query("select last_seq from stream where id = $1", [stream]);
    const base: number = rows[0]?.last_seq ?? 0;
    const ids = Array.from({ length: count }, () => newId());
    const values = [conversationId, base, ids, ada.id, grace.id, randomUUID()];
    await client.query("begin");
    await client.query(
      `/* tests.browser.history.messages */
      insert into message
        (id, conversation_id, seq, sender_id, client_message_id, request_hash, body, created_at)
      select id, $1, $2::int + n::int, case when n % 3 = 0 then $4::uuid else $5::uuid end,
        $6::text || n, 'none', ${BODY}, now() - (${count} - n)::int * interval '1 minute'
      from unnest($3::uuid[]) with ordinality as made (id, n)`,
      values,
    );
    await client.query(
      `/* tests.browser.history.stream */
      with made as (
        insert into stream_entry (stream_id, seq, type, payload, created_at)
        select $1, seq, 'MessageSent', jsonb_build_object('messageId', id), created_at
        from message where conversation_id = $2 returning seq)
      update stream set last_seq = (select max(seq) from made) where id = $1`,
      [stream, conversationId],
    );
    await client.query("update member set read_seq = $2 where conversation_id = $1", [
      conversationId,
      base + count,
    ]);
    await client.query("commit");
  });
  return { reader: ada, conversationId, count };
}
