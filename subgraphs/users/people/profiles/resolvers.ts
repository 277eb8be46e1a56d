// Resolvers of people: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { badInput, notFound } from "#kit/errors";
import { readableEmail } from "#kit/input/email";
import { cleanLine } from "#kit/input/text";
import { requireViewer } from "#kit/trust/identity";
import { findsEverybody, standingsFor } from "../../access.ts";
import type { ProfilesResolvers, UpdateProfileInput } from "../../generated/resolvers.ts";
import { reservedName } from "../../reserved-names.ts";
import { updateProfile } from "./actions.ts";
import type { ProfileChange } from "./rules.ts";

const KEY_LENGTH_MAX = 400;
const position = z
  .tuple([
    z
      .string()
      .max(KEY_LENGTH_MAX)
      .refine((key) => !key.includes("\0")),
    z.uuid(),
  ])
  .transform(([nameKey, id]) => ({ nameKey, id }));

export const resolvers: ProfilesResolvers = {
  Query: {
    me: (_root, _args, context) =>
      context.signedIn ? context.loaders.user.load(context.signedIn.id) : null,

    user: (_root, { id }, context) => context.loaders.user.load(id),

    async users(_root, { first, after, search }, context) {
      const viewer = requireViewer(context);
      const page = pageOf({ first, after }, position);
      if (search) context.folded.require();
      const listing = {
        search: search ? cleanLine(search) : null,
        unblockedFor: findsEverybody(viewer) ? null : viewer.id,
        standings: standingsFor(viewer),
      };
      const rows = await context.loaders.users(listing, page);
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.nameKey, node.id]),
        node,
      }));
    },
  },

  Mutation: {
    async updateProfile(_root, { input }, context) {
      const outcome = await updateProfile(context, changeOf(input));
      switch (outcome.kind) {
        case "updated":
          context.loaders.user.clear(outcome.user.id).prime(outcome.user.id, outcome.user);
          return { __typename: "UpdateProfileSuccess", user: outcome.user };
        case "nameless": {
          const message = "must not be emptied, got null";
          throw badInput([{ field: "input.displayName", message, received: null }]);
        }
        case "reserved":
          return { __typename: "ReservedNameProblem", ...reservedName(outcome.displayName) };
        case "notFound":
          throw notFound("person", "viewer", requireViewer(context).id);
      }
    },
  },

  User: {
    async email(person, _args, { loaders }) {
      const address = await loaders.address.load(person.id);
      return address && readableEmail(address.email);
    },
    __resolveReference: ({ id }, context) => context.loaders.user.load(id),
  },
};

/** Every field of a profile by name, so that the compiler finds a new one that is missing here. */
type EveryChange = { readonly [Field in keyof ProfileChange]-?: ProfileChange[Field] };

function changeOf(input: UpdateProfileInput): EveryChange {
  return {
    displayName: line(input.displayName),
    headline: line(input.headline),
    bio: input.bio?.trim() ?? input.bio,
    location: line(input.location),
    languages: input.languages?.flatMap((tag) => Intl.getCanonicalLocales(tag)) ?? input.languages,
    skills: input.skills?.map(cleanLine) ?? input.skills,
    interests: input.interests?.map(cleanLine) ?? input.interests,
    intents: input.intents,
  };
}

/** Cleans a text; a missing text and null stay as they are. */
function line(text: string | null | undefined): string | null | undefined {
  return text === null || text === undefined ? text : cleanLine(text);
}
