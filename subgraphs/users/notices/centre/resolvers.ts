// Resolvers of notifications: arguments to calls, outcomes to types, entries to updates.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { eventsOf } from "#kit/live/event-traces";
import { mailLanguageOf } from "#kit/mail/kinds";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { CentreResolvers } from "../../generated/resolvers.ts";
import { textOf } from "../kinds.ts";
import { markNotificationsRead, markNotificationsSeen, watchNotifications } from "./actions.ts";
import { updateIn } from "./entries.ts";
import type { NotificationRow } from "./store.ts";

export const resolvers: CentreResolvers = {
  Query: {
    async notifications(_root, { filter, ...args }, context) {
      const viewer = requireViewer(context);
      const page = pageOf(args, z.uuid());
      // Before the page: what comes in between is in both, and nothing is in neither.
      const seq = await context.loaders.notificationsSeq.load(viewer.id);
      const rows = await context.loaders.notifications(viewer, filter === "UNREAD", page);
      const toEdge = (node: NotificationRow) => ({ cursor: encodeCursor(node.id), node });
      return { ...connectionOf(rows, page, toEdge), seq };
    },
  },

  Mutation: {
    async markNotificationsRead(_root, { input }, context) {
      const outcome = await markNotificationsRead(context, input.notificationIds);
      if (outcome.kind === "notFound") {
        throw notFound("notification", "input.notificationIds", outcome.id);
      }
      const { notifications } = outcome;
      return { __typename: "MarkNotificationsReadSuccess", notifications: [...notifications] };
    },

    async markNotificationsSeen(_root, { input: { upToId, isRead } }, context) {
      if (!(await markNotificationsSeen(context, upToId, isRead))) {
        throw notFound("notification", "input.upToId", upToId);
      }
      const { id } = requireViewer(context);
      const user = await context.loaders.user.load(id);
      if (!user) throw notFound("person", "viewer", id);
      context.loaders.unseenNotifications.clear(id);
      return { __typename: "MarkNotificationsSeenSuccess", user };
    },
  },

  Subscription: {
    notificationUpdated: {
      async subscribe(_root, { after }, context) {
        const entries = await watchNotifications(context, after);
        return eventsOf(entries, (entry) => ({ notificationUpdated: updateIn(entry) }));
      },
    },
  },

  User: {
    notificationsSeq: ({ id }, _args, { loaders }) => loaders.notificationsSeq.load(id),
    unseenNotificationCount: ({ id }, _args, { loaders }) => loaders.unseenNotifications.load(id),
  },

  NotificationUpdate: {
    notification: ({ notificationId }, _args, { loaders }) =>
      notificationId === null ? null : loaders.notification.load(notificationId),
    unseenCount: (_update, _args, context) =>
      context.loaders.unseenNotifications.load(requireViewer(context).id),
  },

  Notification: {
    async text({ kind, params, otherId }, { language }, context) {
      const other = otherId === null ? null : await context.loaders.user.load(otherId);
      const languages = language ? [language] : await languagesOf(context);
      return textOf(kind, params, other, mailLanguageOf(languages));
    },
    isSeen: ({ seenAt }) => seenAt !== null,
    isRead: ({ readAt }) => readAt !== null,
    event: ({ params }) => referenceTo("Event", params, "eventId"),
    match: ({ params }) => referenceTo("Match", params, "matchId"),
    conversation: ({ params }) => referenceTo("Conversation", params, "conversationId"),
  },
};

/** The viewer's: the chosen one, then those of the profile. */
async function languagesOf(context: Context): Promise<string[]> {
  const { id } = requireViewer(context);
  const [address, user] = await Promise.all([
    context.loaders.address.load(id),
    context.loaders.user.load(id),
  ]);
  return [address?.language ?? [], user?.languages ?? []].flat();
}

/** An entity of another subgraph, named in the parameters of a notification. */
function referenceTo<Name extends "Event" | "Match" | "Conversation">(
  __typename: Name,
  params: unknown,
  key: string,
) {
  const found = z.record(z.string(), z.unknown()).parse(params)[key];
  return typeof found === "string" ? { __typename, id: found } : null;
}
