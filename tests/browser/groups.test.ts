// Guarantees about the details of a group in two browsers: its settings, its members and the people
// who come. Each is offered to those who may.
import { expect } from "vitest";
import { mutate, send } from "../e2e/messaging/harness.ts";
import { makeStrangers } from "../kit/acquaintances.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup } from "./people.ts";
import { button, field, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, type Stage, scenario } from "./stage.ts";

const site = useSite();

async function threePeople() {
  const [ada, bob, cy] = await Promise.all([
    aPerson("Ada Lovelace"),
    aPerson("Bob Bemer"),
    aPerson("Cy Twombly"),
  ]);
  return { ada, bob, cy };
}

/** Opens the details of a group in a browser of this person. */
async function details({ visitor }: Stage, person: Person, id: string, size = PHONE) {
  const { page } = await visitor(person.id, { size });
  await signIn(page, site(), person, { path: `conversations/${id}`, shows: /./ });
  await button(page, "Details").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Members" }).waitFor();
  return { page, dialog };
}

scenario("two admins change a group at once, and neither overwrites the other", async (stage) => {
  const { ada, bob, cy } = await threePeople();
  const id = await aGroup("Talk", ada, [bob, cy]);
  await mutate("SetMemberRole", ada, { conversationId: id, userId: bob.id, role: "ADMIN" });
  const theirs = await details(stage, cy, id);
  expect(await button(theirs.dialog, "Group settings").count()).toBe(0);

  const { page, dialog } = await details(stage, ada, id);
  await button(dialog, "Group settings").click();
  await field(page, "Name").fill("Ada’s talk");
  const posting = dialog.getByRole("group", { name: "People who write" });
  await posting.getByLabel("Owners and admins").check();
  const change = { title: "Bob’s talk", description: "About computers" };
  await mutate("UpdateConversation", bob, { conversationId: id, ...change });
  await dialog.getByText("Now it is: Bob’s talk").waitFor();
  await expect.poll(() => field(page, "Description").inputValue()).toBe("About computers");
  await expectAccessible(page, "settings that two people change");
  await button(dialog, "Save").click();
  await dialog.getByText("About computers").waitFor();
  await dialog.getByText("For announcements: only owners and admins write.").waitFor();
  await page.keyboard.press("Escape");
  await heading(page, "Ada’s talk").waitFor();
  await theirs.dialog.getByText("For announcements").waitFor();
  await theirs.page.keyboard.press("Escape");
  await theirs.page.getByText("Only owners and admins write in this group.").waitFor();
});

scenario("roles are given, the group is handed over, and people are removed", async (stage) => {
  const { ada, bob, cy } = await threePeople();
  const id = await aGroup("Talk", ada, [bob, cy]);
  const { page, dialog } = await details(stage, ada, id);
  const row = (name: string) => dialog.getByRole("listitem").filter({ hasText: name });
  const act = async (name: string, action: string) => {
    await button(dialog, `Actions for ${name}`).click();
    await page.getByRole("menuitem", { name: action, exact: true }).click();
  };
  expect(await button(dialog, "Actions for Ada Lovelace").count()).toBe(0);
  await act("Cy Twombly", "Make guest");
  await row("Cy Twombly").getByText("Guest").waitFor();
  await expectAccessible(page, "the members of a group");
  await act("Bob Bemer", "Make owner…");
  await button(page.getByRole("alertdialog"), "Make owner").click();
  await row("Bob Bemer").getByText("Owner").waitFor();
  await act("Bob Bemer", "Make admin");
  await row("Bob Bemer").getByText("Admin").waitFor();
  await act("Bob Bemer", "Hand the group over…");
  await button(page.getByRole("alertdialog"), "Hand over").click();
  await row("Bob Bemer").getByText("Owner").waitFor();
  await row("Ada Lovelace").getByText("Admin").waitFor();
  expect(await button(dialog, "Actions for Bob Bemer").count()).toBe(0);
  await act("Cy Twombly", "Remove…");
  await button(page.getByRole("alertdialog"), "Remove").click();
  await row("Cy Twombly").waitFor({ state: "detached" });
});

scenario("people who are known are added, and strangers are invited", async (stage) => {
  const { ada, bob, cy } = await threePeople();
  const name = `Dot ${ada.id.slice(-8)}`;
  const dot = await aPerson(name);
  await makeStrangers([dot]);
  const id = await aGroup("Talk", ada, [bob]);
  const { page, dialog } = await details(stage, ada, id);
  await button(dialog, "Add people").click();
  const search = page.getByRole("searchbox", { name: "Search by name" });
  await search.fill(name);
  await dialog.getByLabel(name).check();
  await expectAccessible(page, "adding people");
  await button(dialog, "Add 1 person").click();
  await page.getByText("1 person was invited, and joins once they accept.").waitFor();
  await mutate("AddMembers", ada, { conversationId: id, userIds: [cy.id] });
  await dialog.getByText("Cy Twombly").waitFor();
  expect(await dialog.getByText(name).count()).toBe(0);
  await button(dialog, "Leave conversation").click();
  await button(page.getByRole("alertdialog"), "Leave").click();
  await heading(page, "Conversations").waitFor();
});

scenario("an owner deletes another’s message, and a pin leads to its message", async (stage) => {
  const { ada, bob } = await threePeople();
  const id = await aGroup("Talk", ada, [bob]);
  const pinned = (await send(bob, id, "Pinned, bob-1.")).message?.id;
  await send(bob, id, "Rude, bob-2.");
  await mutate("PinMessage", bob, { messageId: pinned });
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: `conversations/${id}`, shows: "Talk" });
  const chat = chatOf(page);
  await chat.expectWords(["bob-1", "bob-2"]);
  await button(chat.log, "Bob Bemer pinned a message").click();
  const looks = () => chat.message("bob-1").getAttribute("class");
  await expect.poll(looks, SOON).toContain("highlighted");
  await chat.act("bob-2", "Delete");
  await button(page.getByRole("alertdialog"), "Delete").click();
  await chat.expectWords(["bob-1"]);
  const his = await stage.visitor("bob", { size: PHONE });
  await signIn(his.page, site(), bob, { path: `conversations/${id}`, shows: "Talk" });
  await chatOf(his.page).expectWords(["bob-1"]);
});
