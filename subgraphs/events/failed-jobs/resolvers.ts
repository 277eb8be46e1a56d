// Resolvers of failed jobs: arguments to calls, outcomes to types.
import type { FailedJobsResolvers } from "../generated/resolvers.ts";
import { listFailedJobs, retryFailedJob } from "./actions.ts";

export const resolvers: FailedJobsResolvers = {
  Query: {
    eventsFailedJobs: (_root, args, context) => listFailedJobs(context, args),
  },

  Mutation: {
    async retryEventsFailedJob(_root, { input }, context) {
      const failedJob = await retryFailedJob(context, input.id);
      return { __typename: "RetryEventsFailedJobSuccess", failedJob };
    },
  },
};
