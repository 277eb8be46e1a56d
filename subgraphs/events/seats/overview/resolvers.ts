// Resolvers of overviews: pages and totals, for those who may see all registrations.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { canManage, canSeePeople } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { OverviewResolvers } from "../../generated/resolvers.ts";
import type { EventRow } from "../../planning/events/store.ts";

export const resolvers: OverviewResolvers = {
  Event: {
    async registrations(event, { first, after, status, search, ticketType = null }, context) {
      const page = pageOf({ first, after }, z.int32().min(0));
      if (!(await seesPeople(event, context))) return null;
      if (search) context.folded.require();
      const filter = { status: status ?? null, search: search ?? null, ticketType };
      const { eventRegistrations } = context.loaders;
      const rows = await eventRegistrations(filter).load({ parentId: event.id, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor(node.requestedSeq),
        node,
      }));
    },

    registrationTotals: async (event, _args, context) =>
      (await seesPeople(event, context)) ? context.loaders.registrationTotals.load(event.id) : null,
  },
};

async function seesPeople(event: EventRow, context: Context): Promise<boolean> {
  const { viewer, loaders } = context;
  if (canManage(event, viewer)) return true;
  return canSeePeople(event, viewer, await loaders.hostRights.load(event.id));
}
