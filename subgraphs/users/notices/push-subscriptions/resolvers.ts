// Resolvers of push subscriptions: arguments to calls, outcomes to types.
import { badInput, notFound, signInFirst } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { PushSubscriptionsResolvers } from "../../generated/resolvers.ts";
import { registerPushSubscription, removePushSubscription } from "./actions.ts";
import type { StoredPushSubscription } from "./store.ts";

export const resolvers: PushSubscriptionsResolvers = {
  Query: {
    webPushKey: (_root, _args, { webPushKey }) => webPushKey,
  },

  Mutation: {
    async registerPushSubscription(_root, { input }, context) {
      const { service, address, keys = null } = input;
      const outcome = await registerPushSubscription(context, { service, address, keys });
      switch (outcome.kind) {
        case "wrong": {
          const { field, message } = outcome.mistake;
          // The value that arrived is a secret.
          throw badInput([{ field: `input.${field}`, message, received: null }]);
        }
        case "gone":
          throw notFound("person", "viewer", requireViewer(context).id);
        case "registered": {
          const subscription = await shownTo(context, outcome.subscription);
          // The session has ended meanwhile, and the subscription with it.
          if (!subscription) throw signInFirst();
          return { __typename: "RegisterPushSubscriptionSuccess", subscription };
        }
      }
    },

    async removePushSubscription(_root, { input: { subscriptionId } }, context) {
      if (!(await removePushSubscription(context, subscriptionId))) {
        throw notFound("push subscription", "input.subscriptionId", subscriptionId);
      }
      return { __typename: "RemovePushSubscriptionSuccess", subscriptionId };
    },
  },

  User: {
    async pushSubscriptions({ id }, _args, context) {
      const found = await context.loaders.pushSubscriptions.load(id);
      const shown = await Promise.all(found.map((each) => shownTo(context, each)));
      return shown.filter((each) => each !== null);
    },
  },
};

/** Null for the subscription of a session that has ended. */
async function shownTo(
  { loaders, viewer }: Context,
  { id, service, sessionId, registeredAt }: StoredPushSubscription,
) {
  const device = await loaders.deviceOfSession.load(sessionId);
  return (
    device && { id, service, device, registeredAt, isCurrent: sessionId === viewer?.sessionId }
  );
}
