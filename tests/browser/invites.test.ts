// Guarantees about invite links in the browser: they are made, shown once and revoked, and lead
// people into the group, also those who sign in first.
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { mutate } from "../e2e/messaging/harness.ts";
import { dataOf } from "../kit/client.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aGroup } from "./people.ts";
import { button, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, scenario } from "./stage.ts";

const site = useSite();

/** The code of a new invite, made through the API. */
async function aCode({ token }: Person, input: object): Promise<string> {
  const { createInvite } = await dataOf<{ createInvite: { code: string } }>(
    operation("CreateInvite"),
    { input },
    { as: token },
  );
  return createInvite.code;
}

scenario("a link is made, leads somebody in who signs in first, and is revoked", async (stage) => {
  const [ada, bob, cy] = await Promise.all([aPerson("Ada Lovelace"), aPerson(), aPerson()]);
  const id = await aGroup("Walks", ada, []);
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `conversations/${id}`, shows: "Walks" });
  await button(page, "Details").click();
  const dialog = page.getByRole("dialog");
  await button(dialog, "Invite links").click();
  await dialog.getByText("There are no links yet.").waitFor();
  await dialog.getByLabel("It is for").selectOption("10 people");
  await button(dialog, "Make a link").click();
  const url = await dialog.getByRole("textbox", { name: "Invite link" }).inputValue();
  expect(url).toMatch(site().url("invite/"));
  await dialog.getByText("0 of 10 people joined").waitFor();
  await expectAccessible(page, "invite links");

  const his = await stage.visitor("bob", { size: PHONE });
  await his.page.goto(url);
  await heading(his.page, "Sign in").waitFor();
  await fill(his.page, { "Email address": bob.email, Password: bob.password });
  await button(his.page, "Sign in").click();
  await heading(his.page, "Invitation to a group").waitFor();
  await his.page.getByText("1 member").waitFor();
  await expectAccessible(his.page, "an invitation");
  await button(his.page, "Join the group").click();
  await heading(his.page, "Walks").waitFor();
  await his.page.goto(url);
  await his.page.getByText("You are in this group already.").waitFor();
  await link(his.page, "Open the group").click();
  await heading(his.page, "Walks").waitFor();

  await button(dialog, "Back to the details").click();
  await button(dialog, "Invite links").click();
  await dialog.getByText("1 of 10 people joined").waitFor();
  await button(dialog, "Revoke").click();
  await button(page.getByRole("alertdialog"), "Revoke").click();
  await dialog.getByText("There are no links yet.").waitFor();
  const hers = await stage.visitor("cy");
  await signIn(hers.page, site(), cy, {
    path: new URL(url).pathname.replace(/^\/app\//, ""),
    shows: "This invite link does not work",
  });
});

scenario("a link that is used up meanwhile is refused in words, in French", async (stage) => {
  const [ada, bob, cy] = await Promise.all([aPerson("Ada Lovelace"), aPerson(), aPerson()]);
  const id = await aGroup("Walks", ada, []);
  const code = await aCode(ada, { conversationId: id, usesMax: 1 });
  const { page } = await stage.visitor("cy", { size: PHONE, locale: "fr-FR" });
  await page.goto(site().url(`invite/${code}`));
  await fill(page, { "Adresse e-mail": cy.email, "Mot de passe": cy.password });
  await button(page, "Se connecter").click();
  await heading(page, "Invitation à un groupe").waitFor();
  await mutate("AcceptInvite", bob, { code });
  await button(page, "Rejoindre le groupe").click();
  const refusal = { name: /^Ce lien ne mène plus nulle part/, includeHidden: true };
  await page.getByRole("alertdialog", refusal).waitFor();
});
