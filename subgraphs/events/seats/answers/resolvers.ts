// Resolvers of answers: arguments to a call, outcomes to types.
import { notFound } from "#kit/errors";
import { canManage, canSeeRegistration } from "../../access.ts";
import type { AnswersResolvers } from "../../generated/resolvers.ts";
import { invalidAnswers, toAnswers } from "../answer-types.ts";
import { changeAnswers } from "./actions.ts";

export const resolvers: AnswersResolvers = {
  Mutation: {
    async changeAnswers(_root, { input }, context) {
      const { registrationId } = input;
      const outcome = await changeAnswers(context, registrationId, toAnswers(input.answers));
      switch (outcome.kind) {
        case "changed":
          return { __typename: "ChangeAnswersSuccess", registration: outcome.registration };
        case "invalidAnswers":
          return invalidAnswers(outcome.violations);
        case "closed":
          return {
            __typename: "AnswersClosedProblem",
            reason: "Answers can be changed until the event begins, while you are registered.",
          };
        case "notFound":
          throw notFound("registration", "input.registrationId", registrationId);
      }
    },
  },

  Registration: {
    async answers(registration, _args, { viewer, loaders }) {
      const { id, attendeeId, eventId } = registration;
      const event = await loaders.event.load(eventId);
      if (viewer?.id === attendeeId) return loaders.answers.load(id);
      if (!viewer || !event) return null;
      // Those who manage the event need no rights, and so no statement.
      const rights = canManage(event, viewer) ? null : await loaders.hostRights.load(eventId);
      const isVisible = canSeeRegistration(registration, event, viewer, rights);
      return isVisible ? loaders.answers.load(id) : null;
    },
  },
};
