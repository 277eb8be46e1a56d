// Guarantees about message requests in two browsers: nothing is said before they are accepted.
import { makeStrangers } from "../kit/acquaintances.ts";
import { untilRows } from "../kit/database.ts";
import { anEvent, aPerson, aRegistration } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aGroup } from "./people.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, scenario } from "./stage.ts";

const site = useSite();

scenario(
  "a stranger writes once and waits, and both talk once it is accepted",
  async ({ visitor }) => {
    const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
    await makeStrangers([ada, grace]);
    const [hers, his] = [await visitor("ada", { size: PHONE }), await visitor("grace")];
    await signIn(his.page, site(), grace);
    await signIn(hers.page, site(), ada, { path: `people/${grace.id}`, shows: "Grace Hopper" });
    await button(hers.page, "Message").click();
    const a = chatOf(hers.page);
    await a.send("We met in Berlin");
    await hers.page.getByText(/Waiting for an answer\. Once Grace Hopper/).waitFor();

    await link(his.page, /^Requests/).click();
    await heading(his.page, "Requests").waitFor();
    await his.page.getByText("We met in Berlin").waitFor();
    await button(his.page, "Accept").click();
    await heading(his.page, "Ada Lovelace").waitFor();
    const g = chatOf(his.page);
    await g.send("We did");
    await a.message("We did").waitFor();
    await a.send("See you there");
    await g.message("See you there").waitFor();
  },
);

scenario(
  "an invitation to a group shows who invites, and can be refused or blocked",
  async ({ visitor }) => {
    const [ada, bob, grace] = await Promise.all([
      aPerson("Ada Lovelace"),
      aPerson("Bob Noyce"),
      aPerson("Grace Hopper"),
    ]);
    await makeStrangers([grace]);
    const walks = await aGroup("Walks", ada, [grace]);
    await aGroup("Talks", ada, [grace]);
    await aGroup("Spam", bob, [grace]);
    const his = await visitor("grace", { size: PHONE });
    await signIn(his.page, site(), grace);
    await link(his.page, /^Requests.*3/).click();
    const card = (text: string) => his.page.getByRole("listitem").filter({ hasText: text });
    await card("“Talks”").getByText("1 member.").waitFor();
    await button(card("“Talks”"), "Refuse").click();
    await card("“Talks”").waitFor({ state: "detached" });
    await button(card("“Spam”"), "Block").click();
    await button(his.page.getByRole("alertdialog"), "Block").click();
    await card("“Spam”").waitFor({ state: "detached" });
    await button(card("“Walks”"), "Accept").click();
    await his.page.waitForURL(new RegExp(walks));
    await heading(his.page, "Walks").waitFor();
  },
);

scenario(
  "an organizer opens the chat of an event, and an attendee finds it there",
  async ({ visitor }) => {
    const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
    const eventId = await anEvent(ada.token, { title: "Compilers and coffee" });
    await aRegistration(grace.token, eventId);
    await untilRows("messaging", "select from registration where event_id = $1", [eventId], 1);
    const [hers, his] = [await visitor("ada", { size: PHONE }), await visitor("grace")];
    const at = { path: `events/${eventId}`, shows: "Compilers and coffee" };
    await signIn(hers.page, site(), ada, at);
    await button(hers.page, "Open a chat for attendees").click();
    const a = chatOf(hers.page);
    await a.send("Welcome all");
    await signIn(his.page, site(), grace, at);
    await link(his.page, "Go to the chat").click();
    await chatOf(his.page).message("Welcome all").waitFor();
  },
);
