// The loaders of threads for one request, for messages that the viewer may see.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import {
  countUnreadThreads,
  type FollowedThreadRow,
  findThreadReadings,
  findThreads,
  listFollowed,
  listParticipants,
  type ThreadPosition,
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
  /** The threads that the viewer follows, whose id is the parent's id. */
  readonly followedThreads: PagesLoader<ThreadPosition, FollowedThreadRow>;
  /** How many threads with unread replies the viewer follows; null of anybody else. */
  readonly unreadThreads: DataLoader<string, number | null>;
}

const UNREAD: ThreadReading = { isFollowing: false, readSeq: 0, unreadCount: 0 };

export function createThreadLoaders(database: Database, viewer: Viewer | null): ThreadLoaders {
  const thread: ThreadLoaders["thread"] = createLoader("thread", async (rootIds) => {
    const rows = await findThreads(database, rootIds);
    const found = new Map(rows.map((row) => [row.rootId, row]));
    return rootIds.map((id) => found.get(id) ?? null);
  });
  const threadPeople: ThreadLoaders["threadPeople"] = createLoader(
    "threadPeople",
    async (rootIds) => {
      const found = await listParticipants(database, rootIds);
      return rootIds.map((id) => found.get(id) ?? []);
    },
  );
  const threadReading: ThreadLoaders["threadReading"] = createLoader(
    "threadReading",
    async (rootIds) => {
      const found = viewer ? await findThreadReadings(database, viewer.id, rootIds) : new Map();
      return rootIds.map((id) => found.get(id) ?? UNREAD);
    },
  );
  /** The parts that come with a page are not read again. */
  async function followed(page: Page<ThreadPosition>): Promise<FollowedThreadRow[]> {
    const rows = viewer ? await listFollowed(database, viewer.id, page) : [];
    for (const row of rows) {
      thread.prime(row.rootId, row);
      threadPeople.prime(row.rootId, row.people);
      threadReading.prime(row.rootId, row);
    }
    return rows;
  }
  return {
    ...{ thread, threadPeople, threadReading },
    followedThreads: pagesLoader(
      "followedThreads",
      (_readers, page) => followed(page),
      () => viewer?.id ?? "",
    ),
    unreadThreads: createLoader("unreadThreads", async (personIds: readonly string[]) => {
      const isAsked = viewer !== null && personIds.includes(viewer.id);
      const count = isAsked ? await countUnreadThreads(database, viewer.id) : null;
      return personIds.map((id) => (id === viewer?.id ? count : null));
    }),
  };
}
