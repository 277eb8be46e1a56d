// Resolvers of the viewer's matches at an event.
import type { AttendingResolvers, Event } from "../generated/resolvers.ts";

/** An event as the router sends it for a field that requires its organizer. */
type Sent = Pick<Event, "id"> & { readonly organizer?: Pick<Event, "id"> | null };

export const resolvers: AttendingResolvers = {
  Event: {
    async viewerMatches({ id, organizer }: Sent, _args, context) {
      const organizerId = organizer?.id ?? null;
      const ids = await context.loaders.attending.load({ eventId: id, organizerId });
      return ids.map((personId) => ({ __typename: "User" as const, id: personId }));
    },
  },
};
