// Resolvers of door lists: pages of registrations, and the position of the stream before them.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { requireViewer } from "#kit/trust/identity";
import type { DoorListResolvers } from "../../generated/resolvers.ts";
import { mayCheckIn } from "../gate.ts";

export const resolvers: DoorListResolvers = {
  Event: {
    async doorList(event, args, context) {
      requireViewer(context);
      const page = pageOf(args, z.int().min(0));
      if (!(await mayCheckIn(event, context))) return null;
      const { doorSeq, doorEntries } = context.loaders;
      const seq = await doorSeq.load(event.id);
      const start = { behind: page.after, changedAfter: args.changedAfter ?? null };
      const wanted = { limit: page.limit, after: start };
      const rows = await doorEntries.load({ parentId: event.id, page: wanted });
      const edgeOf = (node: (typeof rows)[number]) => ({
        cursor: encodeCursor(node.requestedSeq),
        node,
      });
      return { ...connectionOf(rows, page, edgeOf), seq };
    },
  },

  DoorEntry: {
    registrationId: ({ id }) => id,
  },
};
