// Files of a message such that each field of an attachment has a value in one of them.
import { expect } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import type { TokenHolder } from "../../kit/stories.ts";
import { png, wav } from "../media/made.ts";
import { settled, upload } from "../messaging/attaching.ts";

/** A picture, a recording and a document of a person, which can be read. */
export async function threeFiles(by: TokenHolder, conversationId: string) {
  const files = [
    { contents: await png(60, 40), contentType: "image/png", fileName: "photo.png" },
    { contents: wav(1), contentType: "audio/wav", fileName: "note.wav" },
    { contents: Buffer.from("The plan"), contentType: "text/plain", fileName: "plan.txt" },
  ];
  const [picture = "", recording = "", document = ""] = await Promise.all(
    files.map((file) => upload(by, conversationId, file)),
  );
  for (const id of [picture, recording, document]) {
    expect(await settled(by, id)).toMatchObject({ state: "READY" });
  }
  return { attachmentIds: [picture, recording, document], document };
}

/**
 * Has the worker look at a document of a message again, when it is no longer what its sender said:
 * it is refused. A file that is sent before the worker has looked at it would settle while some
 * readers still resolve the message, and others have done so.
 */
export async function settlesAnew(id: string): Promise<void> {
  await withDatabase("messaging", async (client) => {
    await client.query("begin");
    await client.query(
      "update file set state = 'PROCESSING', sha256 = repeat('0', 64) where id = $1",
      [id],
    );
    await client.query(
      `insert into job (id, kind, key, payload, priority, run_at, due_at, created_at)
       select gen_random_uuid(), 'files.process', id || ':again', jsonb_build_object(
         'id', id, 'purpose', purpose, 'storageKey', storage_key), 1, now(), now(), now()
       from file where id = $1`,
      [id],
    );
    await client.query("select pg_notify('jobs', '')");
    await client.query("commit");
  });
}

/** Gives a group a picture, whose file nobody reads. */
export async function pictureFor(conversationId: string): Promise<void> {
  const text = "update conversation set picture_file_id = gen_random_uuid() where id = $1";
  await withDatabase("messaging", (client) => client.query(text, [conversationId]));
}
