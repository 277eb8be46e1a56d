// Resolvers of questions: arguments to a call, outcomes to types.
import { badInput, notFound } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { cleanLine } from "#kit/input/text";
import type { QuestionsResolvers } from "../../generated/resolvers.ts";
import { setQuestions } from "./actions.ts";

export const resolvers: QuestionsResolvers = {
  Mutation: {
    async setQuestions(_root, { input }, context) {
      const drafts = input.questions.map(({ id, text, options, ...question }) => ({
        ...question,
        id: id ?? null,
        text: cleanLine(text),
        options: options.map(cleanLine),
      }));
      const outcome = await setQuestions(context, input.eventId, drafts);
      switch (outcome.kind) {
        case "set":
          return { __typename: "SetQuestionsSuccess", event: outcome.event };
        case "tooMany":
          return {
            __typename: "TooManyQuestionsProblem",
            reason: `An event keeps at most ${outcome.questionsMax} questions with their answers.`,
            questionsMax: outcome.questionsMax,
          };
        case "invalid": {
          const [first, ...rest] = outcome.mistakes.map(({ at, field, message }) => {
            const { text, received } = describeReceived(input.questions[at]?.[field], false);
            const place = `input.questions[${at}].${field}`;
            return { field: place, message: `${message}, got ${text}`, received };
          });
          throw first ? badInput([first, ...rest]) : new Error("invalid without a mistake");
        }
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },

  Event: {
    questions: (event, _args, context) => context.loaders.questions.load(event.id),
  },

  Question: {
    isArchived: ({ archivedAt }) => archivedAt !== null,
  },
};
