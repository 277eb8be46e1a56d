// Names on the running stack, as an admin and a moderator handle them.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import type { Person } from "../../kit/stories.ts";
import { mutate } from "../messaging/harness.ts";
import { aPersonWho } from "./moderators.ts";

/** An admin and a moderator for the tests of a file, made by the first one that needs them. */
let made: Promise<readonly [Person, Person]> | undefined;
export function staff(): Promise<readonly [admin: Person, moderator: Person]> {
  made ??= Promise.all([aPersonWho("ADMIN"), aPersonWho("MODERATOR")]);
  return made;
}

interface Renamed {
  readonly updateProfile: { readonly __typename: string; readonly displayName?: string };
}
export const rename = async ({ token }: Person, displayName: string) =>
  (await dataOf<Renamed>(operation("UpdateProfile"), { input: { displayName } }, { as: token }))
    .updateProfile;

interface Review {
  readonly id: string;
  readonly user: { readonly id: string };
  readonly similarTo: { readonly id: string; readonly isVerified: boolean };
}
/** The open reviews of these people. */
export async function reviews(of: readonly Person[]): Promise<Review[]> {
  type Data = {
    nameReviews: {
      edges: { node: Review }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  };
  const [, moderator] = await staff();
  const found: Review[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const { nameReviews } = await dataOf<Data>(
      operation("NameReviews"),
      { first: 100, after },
      { as: moderator.token },
    );
    found.push(...nameReviews.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: more } = nameReviews.pageInfo);
  }
  return found.filter(({ user }) => of.some(({ id }) => id === user.id));
}

export const verify = async (whom: Person) =>
  mutate("VerifyUser", (await staff())[0], { userId: whom.id });
export const settle = async (reviewId: string, decision: string) =>
  mutate("SettleNameReview", (await staff())[1], { reviewId, decision });
/** A person's card, as the moderator sees it. */
export const cardOf = async ({ id }: Person) => {
  type Data = { user: { isVerified: boolean; displayName: string } };
  const [, moderator] = await staff();
  return (await dataOf<Data>(operation("UserProfile"), { id }, { as: moderator.token })).user;
};

export const SOON = { timeout: 20_000 };

/** A name that nobody else has, and another spelling of it with letters of other scripts. */
export function aName(): { name: string; likeness: string } {
  const end = newId().slice(-8);
  return { name: `Ada Lovelace ${end}`, likeness: `АDА  Lоvеlасе-${end}` };
}
