// The loaders of notifications for one request: the viewer's own only.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import { logReader } from "#kit/live/streams";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../../database.ts";
import { personStream } from "../../streams.ts";
import {
  countUnseen,
  findNotifications,
  listNotifications,
  type NotificationRow,
} from "./store.ts";

export interface NotificationLoaders {
  /** A notification of the viewer by id; null for any other id. */
  readonly notification: DataLoader<string, NotificationRow | null>;
  /** How many a person has not seen, at most 100. It does not check who may read that. */
  readonly unseenNotifications: DataLoader<string, number>;
  /** A page of the viewer's notifications and one more, newest first. */
  notifications(viewer: Viewer, isUnread: boolean, page: Page<string>): Promise<NotificationRow[]>;
  /** The last seq of a person's stream, or 0. It does not check who may read that. */
  readonly notificationsSeq: DataLoader<string, number>;
}

export function createNotificationLoaders(
  database: Database,
  viewer: Viewer | null,
): NotificationLoaders {
  return {
    notification: byIdLoader("notification", async (ids) =>
      viewer ? findNotifications(database, viewer.id, ids) : [],
    ),
    unseenNotifications: createLoader("unseenNotifications", async (ids: readonly string[]) => {
      const counts = await countUnseen(database, ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    notifications: ({ id }, isUnread, page) => listNotifications(database, id, isUnread, page),
    notificationsSeq: createLoader("notificationsSeq", async (ids: readonly string[]) => {
      const heads = await logReader(database).heads(ids.map(personStream));
      return ids.map((id) => heads.get(personStream(id)) ?? 0);
    }),
  };
}
