// Resolvers of attendees: pages of people.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { requireViewer } from "#kit/trust/identity";
import { canManage, canSeePeople } from "../../access.ts";
import type { AttendeesResolvers } from "../../generated/resolvers.ts";

export const resolvers: AttendeesResolvers = {
  Event: {
    async attendees(event, args, context) {
      const viewer = requireViewer(context);
      const page = pageOf(args, z.int32().min(0));
      const { attendees, allAttendees } = context.loaders;
      const isAll =
        canManage(event, viewer) ||
        canSeePeople(event, viewer, await context.loaders.hostRights.load(event.id));
      const seen = isAll ? allAttendees : attendees;
      const rows = await seen.load({ parentId: event.id, page });
      return connectionOf(rows, page, (row) => ({
        cursor: encodeCursor(row.confirmedSeq),
        node: { __typename: "User" as const, id: row.attendeeId },
      }));
    },
  },
};
