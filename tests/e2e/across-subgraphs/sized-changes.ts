// Sized runs of operations about events: lists of tags, and of what has changed.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import type { Crowd } from "./crowd.ts";

const TAGS_MAX = 10;
const DAY_MS = 86_400_000;

/** A published event of Ada's, at which she is registered, with other tags. */
export const taggedAnew = ({ eventId }: Crowd, size: number) => ({
  eventId,
  tags: Array.from({ length: Math.min(size, TAGS_MAX) }, () => newId()),
});

/** Changes one thing or all that people are told, and returns the position before. */
export async function changedEvent(
  { ada, eventId }: Crowd,
  size: number,
  streamId: string,
): Promise<number> {
  const { rows } = await withDatabase("events", (client) =>
    client.query<{ seq: number }>("select last_seq as seq from stream where id = $1", [streamId]),
  );
  const endsAt = new Date(Date.now() + 2 * DAY_MS).toISOString();
  const onlineUrl = `https://meet.example.org/${newId()}`;
  const others = size === 1 ? {} : { timeZone: "Asia/Tokyo", onlineUrl, endsAt };
  const input = { eventId, venue: newId(), ...others };
  await resultOf(operation("UpdateEvent"), input, ada.token);
  return rows[0]?.seq ?? 0;
}
