// Makes links to exports that work once, and opens the files.
import { createHash, randomBytes } from "node:crypto";
import { isId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import { canSee, canSeePeople, hostRightsOf, isAdmin, seesPeopleNow } from "../../access.ts";
import type { Context } from "../../context.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { listEveryQuestion } from "../../planning/questions/store.ts";
import { writeAsViewer } from "../../writing.ts";
import { csvOf } from "./file.ts";
import { attachment, fileNameOf } from "./rules.ts";
import { insertExport, takeExport } from "./store.ts";

const TOKEN_BYTES = 32;
const LIFE_MS = 60_000;

export type CreateOutcome =
  | { readonly kind: "created"; readonly path: string; readonly expiresAt: Date }
  | { readonly kind: "forbidden" | "notFound" };

/** Makes a link that works once, within a minute. Only a hash of its token is stored. */
export async function createExport(context: Context, eventId: string): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  const { database } = context;
  const event = isId(eventId) ? await findEvent(database, eventId) : null;
  if (!event) return { kind: "notFound" };
  const rights = await hostRightsOf(database, event, viewer);
  if (!canSee(event, viewer, rights)) return { kind: "notFound" };
  if (!canSeePeople(event, viewer, rights)) return { kind: "forbidden" };
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const now = context.now();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const by = { personId: viewer.id, isAdmin: isAdmin(viewer) };
  const made = { tokenHash: hashOf(token), eventId: event.id, ...by, expiresAt };
  await writeAsViewer(context, (tx) => insertExport(tx, made, now));
  const path = `/events/${event.id}/registrations.csv?token=${token}`;
  return { kind: "created", path, expiresAt };
}

/** An event's registrations as a file. */
export interface OpenExport {
  /** The header that makes it an attachment with a name. */
  readonly disposition: string;
  readonly chunks: AsyncIterable<string>;
}

/**
 * Opens the file, for the token of a link, or without one for the viewer. Null when the event does
 * not exist for them, or the token does not work: unknown, used, or too old.
 */
export async function openExport(
  context: Context,
  eventId: string,
  token: string | undefined,
): Promise<OpenExport | null> {
  const { database, viewer } = context;
  const event = isId(eventId) ? await findEvent(database, eventId) : null;
  if (!event) return null;
  const mayRead =
    token === undefined
      ? canSeePeople(event, viewer, await hostRightsOf(database, event, viewer))
      : await mayReadBy(context, event, token);
  if (!mayRead) return null;
  const questions = await listEveryQuestion(database, event.id);
  const disposition = attachment(fileNameOf(event.title));
  return { disposition, chunks: csvOf(database, event.id, questions) };
}

/** Uses the token up. Whoever made it must still be allowed to see people. */
async function mayReadBy(context: Context, event: EventRow, token: string): Promise<boolean> {
  const { database } = context;
  const taken = await takeExport(database, hashOf(token), event.id, context.now());
  if (!taken) return false;
  return taken.isAdmin || seesPeopleNow(database, event, taken.personId);
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
