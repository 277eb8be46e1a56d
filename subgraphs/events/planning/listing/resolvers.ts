// Resolvers of lists of events: arguments to calls.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import type { Context } from "../../context.ts";
import type { EventFilter, ListingResolvers } from "../../generated/resolvers.ts";
import { DURATION_DAYS_MAX } from "../../times.ts";
import type { WantedEvents } from "./loaders.ts";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([startsAt, id]) => ({ startsAt: new Date(startsAt), id }));

export const resolvers: ListingResolvers = {
  Query: {
    async events(_root, { first, after, filter }, context) {
      const page = pageOf({ first, after }, position);
      const rows = await context.loaders.events(wantedBy(filter, context), page);
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.startsAt.toISOString(), node.id]),
        node,
      }));
    },

    eventTags: (_root, { search, filter }, context) =>
      context.loaders.eventTags(wantedBy(filter, context), searchedBy(search ?? null, context)),
  },
};

function wantedBy(filter: EventFilter | null | undefined, context: Context): WantedEvents {
  const wanted = {
    endsAfter: filter?.endsAfter ?? context.now(),
    daysMax: DURATION_DAYS_MAX,
    startsBefore: filter?.startsBefore ?? null,
    search: filter?.search ?? null,
    place: filter?.place ?? null,
    format: filter?.format ?? null,
    tags: filter?.tags ?? [],
    hasFreeSeats: filter?.hasFreeSeats ?? null,
    organizerId: filter?.organizerId ?? null,
    statuses: filter?.statuses ?? null,
  };
  const { search, place, tags } = wanted;
  if (search !== null || place !== null || tags.length > 0) context.folded.require();
  return wanted;
}

function searchedBy(search: string | null, context: Context): string | null {
  if (search !== null) context.folded.require();
  return search;
}
