// Guarantees about the list of followed threads: the way to it says how many have new replies, each
// leads to its thread, reading clears it, and one stops to follow, here and in the thread.
import { expect } from "vitest";
import { aGroup as group, mutate } from "../e2e/messaging/harness.ts";
import { reply } from "../e2e/messaging/thread-harness.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario(
  "new replies are counted live, and reading them in their thread clears it",
  async (stage) => {
    const [ada, bob] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Bob Bemer")]);
    const id = await aGroup("Talk", ada, [bob]);
    const root = await aMessage(ada, id, "A question, ada-1.");
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada);
    const way = page.getByRole("link", { name: /^Threads/ });
    await page.getByRole("link", { name: /Talk/ }).waitFor();
    expect(await way.count()).toBe(0);
    await reply(bob, id, root, "An answer");
    await way.getByText("1 thread with new replies").waitFor();
    await way.click();
    await heading(page, "Threads").waitFor();
    const card = page.getByRole("listitem").filter({ hasText: "ada-1" });
    await card.getByText("1 unread reply").waitFor();
    await reply(bob, id, root, "Another one");
    await card.getByText("2 unread replies").waitFor();
    await expectAccessible(page, "followed threads", [PHONE, DESK]);
    await card.getByRole("link").click();
    const panel = page.getByRole("region", { name: "Thread" });
    await panel.getByText("Another one").waitFor();
    await button(panel, "Stop following this thread").click();
    await button(panel, "Follow this thread").click();
    await button(panel, "Stop following this thread").waitFor();
    await page.goBack();
    await card.getByText("2 replies").waitFor();
    await expect.poll(() => card.getByText(/unread/).count(), SOON).toBe(0);
    await button(card, "Stop following").click();
    await page.getByText("You follow no threads.").waitFor();
  },
);

scenario("a thread that another device follows or leaves comes and goes", async (stage) => {
  const [ada, bob] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Bob Bemer")]);
  const id = await group(bob, [ada]);
  const root = await aMessage(bob, id, "A question, bob-1.");
  await reply(bob, id, root, "An answer");
  const { page } = await stage.visitor("ada", { size: DESK });
  await signIn(page, site(), ada, { path: "threads", shows: "Threads" });
  await page.getByText("You follow no threads.").waitFor();
  await mutate("FollowThread", ada, { messageId: root });
  const card = page.getByRole("listitem").filter({ hasText: "bob-1" });
  await card.getByText("1 unread reply").waitFor();
  await mutate("MarkThreadRead", ada, { messageId: root, seq: 2 });
  await expect.poll(() => card.getByText(/unread/).count(), SOON).toBe(0);
  await mutate("FollowThread", ada, { messageId: root, isFollowing: false });
  await page.getByText("You follow no threads.").waitFor();
  await link(page, "Back").click();
  await heading(page, "Conversations").waitFor();
});
