// Resolvers of the lists of managed events.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import type { ManagedResolvers } from "../../generated/resolvers.ts";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([startsAt, id]) => ({ startsAt: new Date(startsAt), id }));

export const resolvers: ManagedResolvers = {
  Query: {
    async managedEvents(_root, { first, after, stage, search }, context) {
      const page = pageOf({ first, after }, position);
      const wanted = { stage: stage ?? null, now: context.now(), search: search ?? null };
      if (wanted.search !== null) context.folded.require();
      const rows = await context.loaders.managedEvents(wanted, page);
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.startsAt.toISOString(), node.id]),
        node,
      }));
    },
  },
};
