// Resolvers of failed jobs: arguments to calls, outcomes to types.
import type { FailedJobsResolvers } from "../generated/resolvers.ts";
import { listFailedJobs, retryFailedJob } from "./actions.ts";

export const resolvers: FailedJobsResolvers = {
  Query: {
    usersFailedJobs: (_root, args, context) => listFailedJobs(context, args),
  },

  Mutation: {
    async retryUsersFailedJob(_root, { input }, context) {
      const failedJob = await retryFailedJob(context, input.id);
      return { __typename: "RetryUsersFailedJobSuccess", failedJob };
    },
  },
};
