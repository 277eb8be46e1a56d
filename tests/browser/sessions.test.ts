// Guarantees about signing up, in and out: they work, a violation shows at its field in the
// language of the reader, and all tabs of a browser know who is signed in.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { button, choose, expectViolation, field, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const PASSWORD = "correct horse battery staple";

scenario("a person signs up, signs out, and signs in again", async ({ visitor }) => {
  const { page } = await visitor("ada", { size: PHONE });
  const email = `${randomUUID()}@meetinity.test`;
  await page.goto(site().url());
  await heading(page, "Sign in").waitFor();
  await link(page, "Create an account").click();
  await heading(page, "Create an account").waitFor();
  await fill(page, { Name: "Ada Lovelace", "Email address": email, Password: PASSWORD });
  await button(page, "Create account").click();
  await heading(page, "Confirm your address").waitFor();
  await link(page, "Later").click();
  await heading(page, "What brings you here?").waitFor();
  await link(page, "Meetinity").click();
  await heading(page, "Conversations").waitFor();
  await page.getByText("No conversations yet.").waitFor();
  await page.reload();
  await heading(page, "Conversations").waitFor();
  await choose(page, "Sign out", "menuitem");
  await heading(page, "Sign in").waitFor();
  await page.reload();
  await heading(page, "Sign in").waitFor();
  await fill(page, { "Email address": email, Password: PASSWORD });
  await page.keyboard.press("Enter");
  await heading(page, "Conversations").waitFor();
});

const LANGUAGES = [
  {
    locale: "en-GB",
    names: ["Name", "Email address", "Password", "Create account"],
    required: "Please fill this in.",
    noEmail: "This is not an email address.",
    weak: "At least 8 characters, please.",
  },
  {
    locale: "fr-FR",
    names: ["Nom", "Adresse e-mail", "Mot de passe", "Créer le compte"],
    required: "Veuillez remplir ce champ.",
    noEmail: "Ce n’est pas une adresse e-mail.",
    weak: "Au moins 8 caractères, s’il vous plaît.",
  },
] as const;

for (const { locale, names, required, noEmail, weak } of LANGUAGES) {
  scenario(`violations show at their field (${locale})`, async ({ visitor }) => {
    const { page } = await visitor("ada", { locale });
    await page.goto(site().url("sign-up"));
    const [name, email, password, create] = names;
    const submit = () => button(page, create).click();
    await submit();
    for (const each of [name, email, password]) await expectViolation(field(page, each), required);
    await fill(page, { [name]: "Ada Lovelace", [email]: "ada at home", [password]: "short" });
    await submit();
    await expectViolation(field(page, email), noEmail);
    await expect.poll(() => field(page, name).getAttribute("aria-invalid"), SOON).toBeNull();
    await fill(page, { [email]: `${randomUUID()}@meetinity.test` });
    await submit();
    await expectViolation(field(page, password), weak);
    await expect.poll(() => field(page, email).getAttribute("aria-invalid"), SOON).toBeNull();
  });
}

scenario("a wrong password is refused without a word about whose it is", async ({ visitor }) => {
  const { email } = await aPerson("Ada Lovelace");
  const { page } = await visitor("stranger");
  await page.goto(site().url());
  for (const address of [email, `${randomUUID()}@meetinity.test`]) {
    await fill(page, { "Email address": address, Password: PASSWORD.replace("correct", "wrong") });
    await button(page, "Sign in").click();
    const alert = page.getByRole("alert");
    await expect
      .poll(() => alert.allTextContents(), SOON)
      .toEqual(["The email address or the password is wrong."]);
    await field(page, "Password").fill("");
    await button(page, "Sign in").click();
    await expect.poll(() => alert.count(), SOON).toBe(0);
  }
});

scenario("signing out in one tab reaches the others", async ({ visitor }) => {
  const { page, newTab } = await visitor("ada");
  await signIn(page, site(), await aPerson("Ada Lovelace"));
  const second = await newTab();
  await second.goto(site().url());
  await heading(second, "Conversations").waitFor();
  await choose(page, "Sign out", "menuitem");
  await heading(page, "Sign in").waitFor();
  await heading(second, "Sign in").waitFor();
});

scenario("signing in in one tab reaches the others", async ({ visitor }) => {
  const { page, newTab } = await visitor("ada");
  const second = await newTab();
  await second.goto(site().url());
  await heading(second, "Sign in").waitFor();
  await signIn(page, site(), await aPerson("Ada Lovelace"));
  await heading(second, "Conversations").waitFor();
});
