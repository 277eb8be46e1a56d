// Resolvers of hosts: arguments to calls, outcomes to types.
import { fail, notFound } from "#kit/errors";
import { canManage, rightsAt } from "../../access.ts";
import type { HostsResolvers } from "../../generated/resolvers.ts";
import { addHost, changeHost, removeHost } from "./actions.ts";

/** The host and the event that an input names. */
interface HostInput {
  readonly eventId: string;
  readonly userId: string;
}

export const resolvers: HostsResolvers = {
  Mutation: {
    async addHost(_root, { input }, context) {
      const outcome = await addHost(context, input);
      switch (outcome.kind) {
        case "added":
          return { __typename: "AddHostSuccess", event: outcome.event };
        case "unavailable":
          return {
            __typename: "HostUnavailableProblem",
            reason: "This person cannot be a host of this event.",
          };
        case "tooMany":
          return {
            __typename: "TooManyHostsProblem",
            reason: `An event has at most ${outcome.hostsMax} hosts.`,
            hostsMax: outcome.hostsMax,
          };
        default:
          throw refusal(outcome.kind, input);
      }
    },

    async changeHost(_root, { input }, context) {
      const outcome = await changeHost(context, input);
      if (outcome.kind === "changed") {
        return { __typename: "ChangeHostSuccess", event: outcome.event };
      }
      throw refusal(outcome.kind, input);
    },

    async removeHost(_root, { input }, context) {
      const outcome = await removeHost(context, input);
      if (outcome.kind === "removed") {
        return { __typename: "RemoveHostSuccess", event: outcome.event };
      }
      throw refusal(outcome.kind, input);
    },
  },

  Event: {
    async hosts(event, _args, context) {
      const hosts = await context.loaders.hosts.load(event.id);
      const { viewer } = context;
      const isManaged = canManage(event, viewer);
      return hosts.map(({ personId, rights }) => ({
        user: { __typename: "User" as const, id: personId },
        rights: isManaged || viewer?.id === personId ? [...rights] : null,
      }));
    },

    async viewerRights(event, _args, context) {
      if (canManage(event, context.viewer)) return rightsAt(event, context.viewer, null);
      return rightsAt(event, context.viewer, await context.loaders.hostRights.load(event.id));
    },
  },
};

function refusal(kind: "eventNotFound" | "hostNotFound" | "forbidden", input: HostInput) {
  switch (kind) {
    case "eventNotFound":
      return notFound("event", "input.eventId", input.eventId);
    case "hostNotFound":
      return notFound("host", "input.userId", input.userId);
    case "forbidden":
      return fail("FORBIDDEN", "Only the event's organizer and admins choose its hosts.");
  }
}
