// People in the graph, over HTTP as for the router: permissions, statements and pages.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { fold } from "../../../kit/input/fold.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { updateProfile } from "../../../subgraphs/users/people/profiles/actions.ts";
import { anonymous, as, audience, openUsers, type Served, serve, type Users } from "./harness.ts";

let users: Users;
let served: Served;
let ada: SignedIn;
let grace: SignedIn;
beforeAll(async () => {
  users = await openUsers();
  served = await serve(users);
  ada = await users.join("Ada Lovelace");
  grace = await users.join("Grace Hopper");
});
afterAll(async () => {
  await served.stop();
  await users.close();
});

const references = (ids: readonly string[]) => ids.map((id) => ({ __typename: "User", id }));

function entities(identity: Identity, fields: string, ids: readonly string[]) {
  const query = `query($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${fields} } } }`;
  return served.ask(identity, query, { of: references(ids) });
}

describe("references", () => {
  test("of 50 people take one statement, and two for an admin who also reads e-mail addresses", async () => {
    const joined = await Promise.all(Array.from({ length: 50 }, () => users.join("Crowd")));
    const ids = joined.map(({ userId }) => userId);
    const admin = withScopes(as(ada), ["admin"]);

    users.statements();
    const plain = await entities(as(grace), "id displayName bio languages", [...ids, ...ids]);
    expect(plain.errors).toBeUndefined();
    expect(users.statements()).toHaveLength(1);

    const full = await entities(admin, "id email", ids);
    expect(full.data?._entities).toEqual(
      joined.map(({ userId, email }) => ({ id: userId, email })),
    );
    expect(users.statements()).toHaveLength(2);
  });

  test("of unknown ids are null, whether the id is well formed or not", async () => {
    const ids = [ada.userId, newId(), "x", "", "'; drop table person; --", "\0"];
    const { data, errors } = await entities(as(grace), "id", ids);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([{ id: ada.userId }, null, null, null, null, null]);
  });

  test("are refused one by one without a sign-in, with one text for existing and unknown people", async () => {
    const { data, errors } = await entities(anonymous, "id", [ada.userId, newId(), "x"]);
    expect(data?._entities).toEqual([null, null, null]);
    expect(errors?.map(({ path }) => path)).toEqual([0, 1, 2].map((at) => ["_entities", at]));
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(["UNAUTHENTICATED"]),
    );
  });

  test("give the audience of a shared stream the card and nothing else", async () => {
    const card = await entities(audience, "id displayName headline avatarUrl", [ada.userId]);
    expect(card).toEqual({
      data: {
        _entities: [
          { id: ada.userId, displayName: "Ada Lovelace", headline: null, avatarUrl: null },
        ],
      },
    });
    for (const field of ["bio", "location", "languages", "skills", "intents", "createdAt"]) {
      const { data, errors } = await entities(audience, field, [ada.userId]);
      expect(data?._entities).toEqual([
        ["languages", "skills", "intents", "createdAt"].includes(field) ? null : { [field]: null },
      ]);
      expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    }
    const hidden = await entities(audience, "email roles", [ada.userId]);
    expect(hidden.data).toEqual({ _entities: [{ email: null, roles: null }] });
  });
});

describe("e-mail address and roles", () => {
  const query = "query($id: ID!) { user(id: $id) { email roles } }";

  test("are for oneself and admins", async () => {
    const own = await served.ask(as(ada), query, { id: ada.userId });
    expect(own.data?.user).toEqual({
      email: expect.stringContaining("@meetinity.test"),
      roles: ["USER", "ORGANIZER"],
    });
    const admin = withScopes(as(grace), ["admin"]);
    expect(await served.ask(admin, query, { id: ada.userId })).toEqual(own);
    expect((await served.ask(as(grace), query, { id: ada.userId })).data?.user).toEqual({
      email: null,
      roles: null,
    });
  });

  test("are in the answer to signing in, although the request is anonymous", async () => {
    const joining = `mutation($input: SignUpInput!) {
      signUp(input: $input) { ... on SignUpSuccess { viewer { displayName email roles bio } } }
    }`;
    const input = {
      email: "new@meetinity.test",
      password: "long enough",
      displayName: " New  One ",
    };
    expect(await served.ask(anonymous, joining, { input })).toEqual({
      data: {
        signUp: {
          viewer: {
            displayName: "New One",
            email: "new@meetinity.test",
            roles: ["USER", "ORGANIZER"],
            bio: null,
          },
        },
      },
    });
  });
});

describe("a profile", () => {
  test("is changed field by field, and two changes at the same time both stay", async () => {
    const outcomes = await Promise.all([
      updateProfile(users.context(as(grace)), { headline: "Rear admiral" }),
      updateProfile(users.context(as(grace)), { skills: ["COBOL", "cobol", "Compilers"] }),
      updateProfile(users.context(as(grace)), { location: "New York" }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["updated", "updated", "updated"]);
    const { data } = await served.ask(as(grace), "{ me { headline skills location } }");
    expect(data?.me).toEqual({
      headline: "Rear admiral",
      skills: ["COBOL", "Compilers"],
      location: "New York",
    });
  });

  test.each([
    [{ displayName: null }, "input.displayName"],
    [{ displayName: "\u200b" }, "input.displayName"],
    [{ displayName: "x".repeat(81) }, "input.displayName"],
    [{ languages: ["klingon!"] }, "input.languages[0]"],
    [{ skills: Array(21).fill("x") }, "input.skills"],
    [{ bio: "a\0b" }, "input.bio"],
  ])("refuses %j and changes nothing", async (input, field) => {
    const before = await served.ask(as(ada), "{ me { displayName avatarUrl bio skills } }");
    const { errors } = await served.ask(
      as(ada),
      "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename } }",
      { input },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
    expect(await served.ask(as(ada), "{ me { displayName avatarUrl bio skills } }")).toEqual(
      before,
    );
  });
});

describe("the list of people", () => {
  const query = `query($first: Int, $after: String, $search: String) {
    users(first: $first, after: $after, search: $search) {
      edges { node { displayName } } pageInfo { hasNextPage endCursor }
    }
  }`;
  interface Page {
    readonly edges: { readonly node: { readonly displayName: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }

  async function namesOf(search: string, first = 100): Promise<string[]> {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await served.ask(as(ada), query, { first, after, search });
      const page = data?.users as Page;
      expect(page.edges.length).toBeLessThanOrEqual(first);
      names.push(...page.edges.map(({ node }) => node.displayName));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    return names;
  }

  test("has pages of any size, in order of names, with each person once", async () => {
    const written = ["zoe Q1", "Émile Q1", "Adam Q1", "eve Q1", "Adam Q1", "Zoë Q1", "ADAM Q1"];
    await Promise.all(written.map((name) => users.join(name)));
    const whole = await namesOf("q1");
    const folded = whole.map(fold);
    expect(folded).toEqual([...folded].sort());
    expect([...whole].sort()).toEqual([...written].sort());
    for (const first of [1, 2, 3]) expect(await namesOf("Q1", first)).toEqual(whole);
  });

  test("is searched in name, headline, skills and interests, without case or accents", async () => {
    const zoe = await users.join("Zoë Ångström");
    await updateProfile(users.context(as(zoe)), {
      headline: "Physicist",
      skills: ["Spectroscopy"],
      interests: ["Çay"],
    });
    for (const search of ["zoe ang", "ang zoe", "ZOË", "physic", "troscop", "cay"]) {
      expect(await namesOf(search)).toContain("Zoë Ångström");
    }
    await updateProfile(users.context(as(zoe)), { skills: [] });
    expect(await namesOf("troscop")).toEqual([]);
  });

  test("treats wildcards as text", async () => {
    await users.join("Percent 100%_\\");
    expect(await namesOf("%_\\")).toEqual(["Percent 100%_\\"]);
    expect(await namesOf("1_0")).toEqual([]);
  });

  test.each([
    [{ first: 0 }, "first"],
    [{ first: 101 }, "first"],
    [{ after: "x" }, "after"],
    [{ after: Buffer.from('["a\\u0000","x"]').toString("base64url") }, "after"],
    [{ search: " " }, "search"],
    [{ search: "x".repeat(101) }, "search"],
  ])("refuses %j", async (variables, field) => {
    const { errors } = await served.ask(as(ada), query, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  test("needs a signed-in viewer, and neither an anonymous client nor an audience has `me`", async () => {
    const codeFor = async (identity: Identity) =>
      (await served.ask(identity, query)).errors?.[0]?.extensions.code;
    expect(await codeFor(anonymous)).toBe("UNAUTHENTICATED");
    expect(await codeFor(audience)).toBe("FORBIDDEN");
    expect(await served.ask(anonymous, "{ me { id } }")).toEqual({ data: { me: null } });
    expect(await served.ask(audience, "{ me { id } }")).toMatchObject({ data: { me: null } });
  });
});

function withScopes(identity: Identity, scopes: readonly string[]): Identity {
  return identity.kind === "viewer"
    ? { ...identity, viewer: { ...identity.viewer, scopes } }
    : identity;
}
