// Resolvers of the language of accounts: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { LanguageResolvers } from "../../generated/resolvers.ts";
import { changeLanguage } from "./actions.ts";

export const resolvers: LanguageResolvers = {
  Mutation: {
    async changeLanguage(_root, { input }, context) {
      const [language = input.language] = Intl.getCanonicalLocales(input.language);
      const user = await changeLanguage(context, language);
      if (!user) throw notFound("person", "viewer", requireViewer(context).id);
      context.loaders.address.clear(user.id);
      return { __typename: "ChangeLanguageSuccess", user };
    },
  },

  User: {
    async language(person, _args, { loaders }) {
      return (await loaders.address.load(person.id))?.language ?? null;
    },
  },
};
