// The reader's notifications: one list for the tab and the count of those that were not seen, which
// one stream keeps up to date.
import { createObservable, type NotificationUpdate } from "@meetinity/client";
import {
  MarkNotificationsRead,
  MarkNotificationsSeen,
  Notifications,
  type NotificationsQuery,
  UnseenNotifications,
} from "@meetinity/client/operations";
import i18next from "i18next";
import { client } from "../client.ts";
import { onePerViewer } from "../one-per-viewer.ts";
import { Pages, pageOf } from "../paged-list.ts";

export type Notification = NotificationsQuery["notifications"]["edges"][number]["node"];

function pagesOf(viewerId: string): Pages<Notification> {
  return new Pages(async (after, first) => {
    const wanted = { first, after, language: i18next.language };
    const { notifications } = await client.run(Notifications, wanted, { viewerId });
    return pageOf(notifications);
  });
}

/** The count of those that were not seen, and the stream, while somebody watches. */
function liveCount(viewerId: string, pages: Pages<Notification>) {
  const unseen = createObservable(0);
  let position: number | null = null;
  let watchers = 0;
  let close = () => {};

  /** Never rejects: without a network, the next screen tries again. */
  async function start(): Promise<void> {
    if (position === null) {
      const found = await client.run(UnseenNotifications, {}, { viewerId }).catch(() => null);
      if (!found?.me) return;
      position = found.me.notificationsSeq ?? 0;
      unseen.set(found.me.unseenNotificationCount ?? 0);
    }
    if (watchers > 0) follow(position);
  }

  function follow(after: number): void {
    const sink = {
      next({ seq, unseenCount, notification }: NotificationUpdate) {
        position = seq;
        unseen.set(unseenCount);
        if (!notification) return pages.expire();
        if (!pages.replace(notification)) pages.add(notification);
      },
      resync() {
        position = null;
        void start();
        void pages.reload();
      },
    };
    close();
    close = client.streams.notifications(sink, { after, language: i18next.language });
  }

  /** For the bell. Returns what to do when it goes. */
  function watch(): () => void {
    watchers += 1;
    if (watchers === 1) void start();
    return () => {
      watchers -= 1;
      if (watchers === 0) close();
    };
  }

  return { unseen, watch };
}

function createNotifications(viewerId: string) {
  const pages = pagesOf(viewerId);
  const { unseen, watch } = liveCount(viewerId, pages);
  const mark = (input: { readonly upToId: string; readonly isRead?: boolean }) =>
    client.run(MarkNotificationsSeen, { input }, { viewerId }).then(() => unseen.set(0));
  return {
    pages,
    unseen,
    watch,
    /** The list was opened with this one at its top. A failure is made good by the next opening. */
    see: (upToId: string): Promise<void> => mark({ upToId }).catch(() => undefined),
    /** Rejects when it fails. */
    async readAll(upToId: string): Promise<void> {
      await mark({ upToId, isRead: true });
      await pages.refresh();
    },
    /** Of a notification that is opened. After a failure it stays unread. */
    async read({ id }: Notification): Promise<void> {
      const input = { notificationIds: [id] };
      await client.run(MarkNotificationsRead, { input }, { viewerId }).catch(() => undefined);
    },
  };
}

export const notificationsOf = onePerViewer(createNotifications);
