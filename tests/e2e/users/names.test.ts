// Names on the running stack: reserved ones are refused in any spelling, a verified person has a
// badge under their name, and look-alikes of it go to moderators.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { untilMails } from "../../kit/mailbox.ts";
import { aPerson } from "../../kit/stories.ts";
import { mutate } from "../messaging/harness.ts";
import { aName, cardOf, rename, reviews, SOON, settle, staff, verify } from "./names.ts";

describe("a reserved name", () => {
  test("is refused at sign-up, and makes no account", async () => {
    const email = `${newId()}@meetinity.test`;
    const input = {
      email,
      password: "correct horse battery staple",
      displayName: "Мeetinity Team",
    };
    const data = await dataOf(operation("SignUp"), { input });
    expect(data).toMatchObject({ signUp: { __typename: "ReservedNameProblem" } });
    const accounts = await withDatabase("users", (client) =>
      client.query("select from credential where email = $1", [email]),
    );
    expect(accounts.rowCount).toBe(0);
  });

  test("is refused in a profile, and changes nothing; an admin may take it", async () => {
    const person = await aPerson("Ada");
    expect(await rename(person, "Suppоrt")).toMatchObject({
      __typename: "ReservedNameProblem",
      displayName: "Suppоrt",
    });
    expect(await cardOf(person)).toMatchObject({ displayName: "Ada" });
    const [admin] = await staff();
    expect(await rename(admin, "Support")).toMatchObject({ __typename: "UpdateProfileSuccess" });
  });
});

describe("the badge", () => {
  test("is given and taken by admins alone, and goes with another name", async () => {
    const { name } = aName();
    const person = await aPerson(name);
    const input = { userId: person.id };
    const [admin, moderator] = await staff();
    const refused = await ask(operation("VerifyUser"), { input }, { as: moderator.token });
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    await Promise.all([verify(person), verify(person)]);
    expect(await cardOf(person)).toMatchObject({ isVerified: true });
    await rename(person, name.toUpperCase());
    expect(await cardOf(person)).toMatchObject({ isVerified: true });
    await rename(person, `Grace ${newId()}`);
    expect(await cardOf(person)).toMatchObject({ isVerified: false });
    await verify(person);
    await mutate("UnverifyUser", admin, input);
    expect(await cardOf(person)).toMatchObject({ isVerified: false });
  });
});

describe("a name like that of a verified person", () => {
  test("goes to moderators, at sign-up and when it is changed; other names do not", async () => {
    const { name, likeness } = aName();
    const [star, namesake] = [await aPerson(name), await aPerson(name)];
    await verify(star);
    await expect.poll(() => reviews([namesake]), SOON).toHaveLength(1);
    const [newcomer, renamed, other] = [
      await aPerson(likeness),
      await aPerson("Bob"),
      await aPerson(`${name} junior`),
    ];
    expect(await reviews([renamed, other])).toEqual([]);
    await rename(renamed, likeness);
    await rename(renamed, likeness.toUpperCase());
    const open = await reviews([newcomer, renamed, other, star]);
    expect(open.map(({ user }) => user.id)).toEqual([newcomer.id, renamed.id]);
    expect(open[0]?.similarTo).toMatchObject({ id: star.id, isVerified: true });
    await rename(renamed, "Bob again");
    expect(await reviews([renamed])).toEqual([]);
  });

  test("stays with KEEP; of many decisions at once the first one counts", async () => {
    const { name, likeness } = aName();
    await verify(await aPerson(name));
    const person = await aPerson(likeness);
    const [review] = await reviews([person]);
    const decisions = Array.from({ length: 20 }, (_, at) => (at % 2 ? "KEEP" : "RESET"));
    const answers = await Promise.all(decisions.map((each) => settle(review?.id ?? "", each)));
    const kinds = new Set(decisions.map((each, at) => `${each} ${answers[at]?.__typename}`));
    const { displayName } = await cardOf(person);
    const won = displayName.startsWith("Member ") ? "RESET" : "KEEP";
    const lost = won === "KEEP" ? "RESET" : "KEEP";
    expect([...kinds].sort()).toEqual(
      [`${lost} NameReviewSettledProblem`, `${won} SettleNameReviewSuccess`].sort(),
    );
    expect(await reviews([person])).toEqual([]);
  });

  test("becomes a neutral one with RESET, in the person's language, and they are told", async () => {
    const { name, likeness } = aName();
    await verify(await aPerson(name));
    const person = await aPerson(likeness);
    const languages = { languages: ["fr"] };
    await dataOf(operation("UpdateProfile"), { input: languages }, { as: person.token });
    const [review] = await reviews([person]);
    await settle(review?.id ?? "", "RESET");
    const { displayName } = await cardOf(person);
    expect(displayName).toBe(`Membre ${person.id.slice(-6)}`);
    const [mail] = await untilMails(person.email, 1);
    expect(mail?.subject).toBe("Votre nom sur Meetinity a été remplacé");
    expect(mail?.text).toContain(likeness.replace(/\s+/g, " "));
  });
});
