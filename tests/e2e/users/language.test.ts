// Guarantees about the language of accounts: the person chooses it once for all devices and mails,
// and nobody else sees it.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { lastOf, untilDeviceMails } from "../../kit/mailbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";

const CHANGE = operation("ChangeLanguage");
const READ = "query Language($id: ID!) { user(id: $id) { id language languages } }";

interface Shown {
  readonly user: { readonly language: string | null; readonly languages: readonly string[] };
}

const change = (person: Person, language: string) =>
  dataOf(CHANGE, { input: { language } }, { as: person.token });

const shownTo = async (person: Person, id: string) =>
  (await dataOf<Shown>(READ, { id }, { as: person.token })).user;

test("mails are in the chosen language, whatever the profile says", async () => {
  const ada = await aPerson("Ada Lovelace");
  await dataOf(
    operation("UpdateProfile"),
    { input: { languages: ["en", "de"] } },
    { as: ada.token },
  );
  await change(ada, "fr");
  await dataOf(operation("SignIn"), { input: { email: ada.email, password: ada.password } });
  expect(lastOf(await untilDeviceMails(ada.email, 1)).subject).toMatch(/^Nouvelle connexion/);
  expect(await shownTo(ada, ada.id)).toEqual({
    id: ada.id,
    language: "fr",
    languages: ["en", "de"],
  });
});

test("a language that no mail is written in leaves the choice to the profile", async () => {
  const ada = await aPerson("Ada Lovelace");
  await dataOf(operation("UpdateProfile"), { input: { languages: ["fr"] } }, { as: ada.token });
  await change(ada, "ja-jp");
  expect((await shownTo(ada, ada.id)).language).toBe("ja-JP");
  await dataOf(operation("SignIn"), { input: { email: ada.email, password: ada.password } });
  expect(lastOf(await untilDeviceMails(ada.email, 1)).subject).toMatch(/^Nouvelle connexion/);
});

test("nobody else sees the language of an account", async () => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  await change(ada, "fr");
  expect((await shownTo(grace, ada.id)).language).toBeNull();
});

test("what is no language is refused with its field, and changes nothing", async () => {
  const ada = await aPerson("Ada Lovelace");
  await change(ada, "fr");
  for (const language of ["", "f", "not a language", "fr_FR!"]) {
    const { errors } = await ask(CHANGE, { input: { language } }, { as: ada.token });
    expect(errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
    expect(errors?.[0]?.message).toContain("language");
  }
  expect((await shownTo(ada, ada.id)).language).toBe("fr");
});
