// The demo people are within the limits of the schema, and there are enough of them.
import { graphql } from "graphql";
import { describe, expect, test } from "vitest";
import { subgraphSchema } from "#kit/service/subgraph";
import { operation } from "#schema/operations";
import type { Person } from "./people/person.ts";
import { admin, DEMO_PASSWORD, emailOf, people, profileOf } from "./people.ts";

const others = people.filter((person) => person !== admin);

/** The SDL with all its limits, and resolvers that return their input. */
const schema = subgraphSchema("users", [
  {
    Mutation: {
      signUp: (_root: unknown, { input }: { input: object }) => ({
        __typename: "SignUpSuccess",
        accessToken: "token",
        refreshToken: "token",
        expiresAt: new Date(),
        expiresIn: 900,
        viewer: { id: "1", roles: [], isVerified: false, ...input },
      }),
      updateProfile: (_root: unknown, { input }: { input: object }) => ({
        __typename: "UpdateProfileSuccess",
        user: { id: "1", isVerified: false, ...input },
      }),
    },
  },
]);

const run = (name: string, input: object) =>
  graphql({ schema, source: operation(name), variableValues: { input } });

function count(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

test("there are sixty people and the admin", () => {
  expect(others).toHaveLength(60);
  expect(people).toContain(admin);
});

test("the accounts that npm start prints exist", () => {
  const emails = people.map(emailOf);
  for (const name of ["ada", "grace", "linus", "admin"]) {
    expect(emails).toContain(`${name}@meetinity.test`);
  }
});

test("no two people have one e-mail address or one name", () => {
  expect(new Set(people.map(emailOf)).size).toBe(people.length);
  expect(new Set(people.map((person) => person.displayName)).size).toBe(people.length);
});

describe.each(people)("$account", (person: Person) => {
  test("can sign up", async () => {
    const { displayName } = person;
    const input = { email: emailOf(person), password: DEMO_PASSWORD, displayName };
    expect((await run("SignUp", input)).errors).toBeUndefined();
  });

  test("has a profile within the limits of the schema", async () => {
    const profile = profileOf(person);
    const answer = await run("UpdateProfile", profile);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ updateProfile: { user: profile } });
  });

  test("has a full profile without duplicates", () => {
    expect(person.bio.length).toBeOneOf([1, 2, 3]);
    const sizes: [readonly string[], number, number][] = [
      [person.languages, 1, 5],
      [person.skills, 3, 8],
      [person.interests, 2, 6],
      [person.intents, 1, 3],
    ];
    for (const [list, min, max] of sizes) {
      expect(list.length).toBeGreaterThanOrEqual(min);
      expect(list.length).toBeLessThanOrEqual(max);
      expect(new Set(list.map((item) => item.toLowerCase())).size).toBe(list.length);
    }
  });
});

test("a skill, an interest or a location has one spelling in all profiles", () => {
  const spellings = new Map<string, string>();
  for (const { skills, interests, location } of people) {
    for (const word of [...skills, ...interests, location]) {
      const key = word.toLowerCase();
      expect(spellings.get(key) ?? word).toBe(word);
      spellings.set(key, word);
    }
  }
});

test("many skills and interests are shared, and none by more than half of the people", () => {
  const skills = count(others.flatMap((person) => person.skills));
  const interests = count(others.flatMap((person) => person.interests));
  for (const counts of [skills, interests]) {
    const shared = [...counts.values()].filter((holders) => holders >= 4);
    expect(shared.length).toBeGreaterThanOrEqual(12);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(others.length / 2);
  }
});

test("at least six people have each intent that matching pairs", () => {
  const intents = count(others.flatMap((person) => person.intents));
  const pairs = [
    ["MENTOR", "FIND_MENTOR"],
    ["HIRE", "FIND_WORK"],
    ["INVEST", "RAISE_FUNDS"],
    ["FIND_COFOUNDER", "FIND_COFOUNDER"],
  ];
  for (const intent of pairs.flat()) expect(intents.get(intent)).toBeGreaterThanOrEqual(6);
});

test("at least seven cities have three people or more", () => {
  const neighbours = count(others.map((person) => person.location));
  const communities = [...neighbours.values()].filter((size) => size >= 3);
  expect(communities.length).toBeGreaterThanOrEqual(7);
  expect(neighbours.size).toBeGreaterThanOrEqual(15);
});
