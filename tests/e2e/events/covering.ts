// Covers in tests: pictures to send, hosts who may send them, and what of them is on the disk.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import sharp from "sharp";
import { operation } from "../../../schema/operations.ts";
import { resultOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";

/** A PNG of one colour. */
export const picture = (background: string, width = 320, height = 320) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** The names of the files of these uploads that are in the store, which names them by a hash. */
export async function onDisk(ids: readonly string[]): Promise<string[]> {
  const objects = await readdir(join(stack().dataDir, "files", "objects"), { recursive: true });
  const stored = new Set(objects.map((path) => basename(path)));
  const names = ids.flatMap((id) => ["original", "list", "screen"].map((each) => `${id}/${each}`));
  return names.filter((name) =>
    stored.has(createHash("sha256").update(`covers/${name}`).digest("hex")),
  );
}

interface Holder {
  readonly id: string;
  readonly token: string;
}

/** Makes a person a host of an event. */
export async function addHost(organizer: Holder, eventId: string, host: Holder, rights: string[]) {
  await untilRows("events", "select from person where id = $1", [host.id], 1);
  await resultOf(operation("AddHost"), { eventId, userId: host.id, rights }, organizer.token);
}
