// Guarantees about accessibility: axe finds nothing serious on any screen, with menus and dialogs
// open, in both languages and themes, at both sizes.
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, heading, link } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, scenario } from "./stage.ts";

const site = useSite();

type Name =
  | "signIn"
  | "signUp"
  | "create"
  | "email"
  | "password"
  | "conversations"
  | "empty"
  | "messages"
  | "actions"
  | "react"
  | "reply"
  | "cancel"
  | "details"
  | "leave"
  | "block"
  | "nothing";

/** The names on the screens. */
type Names = Readonly<Record<Name, string>> & { readonly locale: "en-GB" | "fr-FR" };

const ENGLISH: Names = {
  locale: "en-GB",
  signIn: "Sign in",
  signUp: "Create an account",
  create: "Create account",
  email: "Email address",
  password: "Password",
  conversations: "Conversations",
  empty: "No conversations yet.",
  messages: "Messages",
  actions: "Message actions",
  react: "React",
  reply: "Reply",
  cancel: "Cancel",
  details: "Details",
  leave: "Leave conversation",
  block: "Block",
  nothing: "There is nothing here",
};

const FRENCH: Names = {
  locale: "fr-FR",
  signIn: "Se connecter",
  signUp: "Créer un compte",
  create: "Créer le compte",
  email: "Adresse e-mail",
  password: "Mot de passe",
  conversations: "Conversations",
  empty: "Pas encore de conversation.",
  messages: "Messages",
  actions: "Actions du message",
  react: "Réagir",
  reply: "Répondre",
  cancel: "Annuler",
  details: "Détails",
  leave: "Quitter la conversation",
  block: "Bloquer",
  nothing: "Il n’y a rien ici",
};

for (const names of [ENGLISH, FRENCH]) {
  const { locale } = names;

  scenario(`axe finds nothing on the screens without a session (${locale})`, async (stage) => {
    const { page } = await stage.visitor("ada", { locale });
    await page.goto(site().url());
    await heading(page, names.signIn).waitFor();
    await expectAccessible(page, "sign in");
    await button(page, "Menu").click();
    await page.getByRole("menu").waitFor();
    await expectAccessible(page, "menu without a session");
    await page.keyboard.press("Escape");
    await link(page, names.signUp).click();
    await heading(page, names.signUp).waitFor();
    await button(page, names.create).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    await expectAccessible(page, "sign up with violations");
  });

  scenario(`axe finds nothing on the screens of a person (${locale})`, async (stage) => {
    const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
    const { page } = await stage.visitor("ada", { locale });
    await page.goto(site().url("sign-in"));
    await page.getByLabel(names.email).fill(ada.email);
    await page.getByLabel(names.password).fill(ada.password);
    await button(page, names.signIn).click();
    await page.getByText(names.empty).waitFor();
    await expectAccessible(page, "empty inbox");
    await button(page, "Menu").click();
    await page.getByRole("menu").waitFor();
    await expectAccessible(page, "menu");
    await page.keyboard.press("Escape");
    const id = await aGroup("Compilers", ada, [grace]);
    await aMessage(grace, id, "Hello grace-1");
    await link(page, /^Compilers/)
      .filter({ hasText: "grace-1" })
      .waitFor();
    await expectAccessible(page, "inbox with an unread message");

    await link(page, /^Compilers/).click();
    const log = page.getByRole("log", { name: names.messages });
    const message = log.getByRole("article").filter({ hasText: "grace-1" });
    await message.waitFor();
    await expectAccessible(page, "conversation");
    await message.hover();
    await button(message, names.actions).click();
    await page.getByRole("menu").waitFor();
    await expectAccessible(page, "actions of a message");
    await page.getByRole("menuitem", { name: names.react }).click();
    await button(page, /👍/).waitFor();
    await expectAccessible(page, "choice of a reaction");
    await button(page, /👍/).click();
    await button(message, /👍 1/).waitFor();
    await message.hover();
    await button(message, names.actions).click();
    await page.getByRole("menuitem", { name: names.reply, exact: true }).click();
    await button(page, names.cancel).waitFor();
    await expectAccessible(page, "reply with a reaction above");
    await button(page, names.cancel).click();

    await button(page, names.details).click();
    const dialog = page.getByRole("dialog", { name: names.details });
    await dialog.waitFor();
    await expectAccessible(page, "details");
    await button(dialog, names.leave).click();
    const question = page.getByRole("alertdialog");
    await question.waitFor();
    await expectAccessible(page, "question before leaving");
    await button(question, names.cancel).click();
    await expect.poll(() => question.count(), SOON).toBe(0);
    await link(dialog, /Grace Hopper/).click();

    await heading(page, "Grace Hopper").waitFor();
    await expectAccessible(page, "person");
    await button(page, names.block).click();
    await page.getByRole("alertdialog").waitFor();
    await expectAccessible(page, "question before blocking");
    await page.keyboard.press("Escape");
    await page.goto(site().url("nowhere"));
    await heading(page, names.nothing).waitFor();
    await expectAccessible(page, "unknown address");
  });
}
