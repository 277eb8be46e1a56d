// The loaders of threads for one request, for messages that the viewer may see.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import {
  findThreadReadings,
  findThreads,
  listParticipants,
  type ThreadReading,
  type ThreadRow,
} from "./store.ts";

export interface ThreadLoaders {
  /** The thread that begins with a message; null while it has no replies. */
  readonly thread: DataLoader<string, ThreadRow | null>;
  /** The people of the latest replies of a thread. */
  readonly threadPeople: DataLoader<string, readonly string[]>;
  /** How far the viewer has read a thread. */
  readonly threadReading: DataLoader<string, ThreadReading>;
}

const UNREAD: ThreadReading = { isFollowing: false, readSeq: 0, unreadCount: 0 };

export function createThreadLoaders(database: Database, viewer: Viewer | null): ThreadLoaders {
  return {
    thread: createLoader("thread", async (rootIds: readonly string[]) => {
      const rows = await findThreads(database, rootIds);
      const found = new Map(rows.map((row) => [row.rootId, row]));
      return rootIds.map((id) => found.get(id) ?? null);
    }),
    threadPeople: createLoader("threadPeople", async (rootIds: readonly string[]) => {
      const found = await listParticipants(database, rootIds);
      return rootIds.map((id) => found.get(id) ?? []);
    }),
    threadReading: createLoader("threadReading", async (rootIds: readonly string[]) => {
      const found = viewer ? await findThreadReadings(database, viewer.id, rootIds) : new Map();
      return rootIds.map((id) => found.get(id) ?? UNREAD);
    }),
  };
}
