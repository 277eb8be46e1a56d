// Guarantees about lost lines: both go on writing, and at the end both show the same, nothing lost,
// nothing twice, in order. Each person has a line and a router of their own.
import { expect } from "vitest";
import { type Chat, chatOf, expectTheSame, write } from "./chat.ts";
import { aMatchedPair, type Pair } from "./people.ts";
import { heading, signIn } from "./screens.ts";
import { type Site, useSite } from "./site.ts";
import { SOON, type Stage, scenario, TALL, type Visitor } from "./stage.ts";
import { LINE_IS_CUT } from "./watch.ts";

const hers = useSite({});
const his = useSite({});

interface Talk extends Pair {
  /** Ada, whose line is cut. */
  readonly visitor: Visitor;
  readonly site: Site;
  readonly path: string;
  readonly a: Chat;
  readonly g: Chat;
}

/** Both have the conversation on their screens, with a message of each. */
async function aTalk({ visitor }: Stage): Promise<Talk> {
  const pair = await aMatchedPair();
  const path = `conversations/${pair.conversationId}`;
  const [ada, grace] = [
    await visitor("ada", { size: TALL }),
    await visitor("grace", { size: TALL }),
  ];
  await signIn(ada.page, hers(), pair.ada, { path, shows: "Grace Hopper" });
  await signIn(grace.page, his(), pair.grace, { path, shows: "Ada Lovelace" });
  const [a, g] = [chatOf(ada.page), chatOf(grace.page)];
  await write(a, "ada", 1, 1);
  await g.expectWords(["ada-1"]);
  await write(g, "grace", 1, 1);
  await a.expectWords(["ada-1", "grace-1"]);
  ada.announce(...LINE_IS_CUT);
  return { ...pair, visitor: ada, site: hers(), path, a, g };
}

const all = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${name}-${at + 1}`);
const pending = ({ page }: Chat) => page.getByText("Sending…");

/** How many messages on their way the browser keeps. They are stored a moment after they show. */
const storedIn = ({ page }: Chat) =>
  page.evaluate<number>("JSON.stringify({ ...localStorage }).split(/pending/).length - 1");

scenario("one goes offline in the middle, both go on writing, it returns", async (stage) => {
  const { visitor, site, a, g } = await aTalk(stage);
  await visitor.context.setOffline(true);
  site.cut();
  await a.page.getByRole("status").filter({ hasText: "You are offline." }).waitFor();
  await write(a, "ada", 2, 3);
  await write(g, "grace", 2, 3);
  await expect.poll(() => pending(a).count(), SOON).toBeGreaterThan(0);
  await g.expectWords(["ada-1", ...all("grace", 4)]);
  await a.expectWords(["ada-1", "grace-1", "ada-2", "ada-3", "ada-4"]);
  site.mend();
  await visitor.context.setOffline(false);
  await expectTheSame([a, g], all("ada", 4), all("grace", 4));
  await expect.poll(() => a.page.getByText("You are offline.").count(), SOON).toBe(0);
});

scenario("the line is cut while both write, again and again", async (stage) => {
  const { site, a, g } = await aTalk(stage);
  const both = [write(a, "ada", 2, 12), write(g, "grace", 2, 12)];
  for (let cuts = 1; cuts <= 4; cuts += 1) {
    // Cuts fall between messages and into them, wherever the writers are.
    await expect.poll(async () => (await g.words()).length, SOON).toBeGreaterThan(cuts * 3);
    site.cut();
    site.mend();
  }
  await Promise.all(both);
  await expectTheSame([a, g], all("ada", 13), all("grace", 13));
});

scenario("a full outbox survives the end of its tab", async (stage) => {
  const { visitor, site, path, a, g } = await aTalk(stage);
  site.cut();
  await write(a, "ada", 2, 3);
  await expect.poll(() => storedIn(a), SOON).toBe(3);
  await write(g, "grace", 2, 2);
  await a.page.close();
  site.mend();
  await g.expectWords(["ada-1", ...all("grace", 3)]);
  const page = await visitor.newTab();
  await page.goto(site.url(path));
  await heading(page, "Grace Hopper").waitFor();
  await expectTheSame([chatOf(page), g], all("ada", 4), all("grace", 3));
});

scenario("a reload with a full outbox sends each message once", async (stage) => {
  const { visitor, site, a, g } = await aTalk(stage);
  site.cut();
  await write(a, "ada", 2, 3);
  site.mend();
  // Its requests are in the middle of being repeated.
  await visitor.page.reload();
  await expectTheSame([a, g], all("ada", 4), ["grace-1"]);
});

scenario("of two tabs with one outbox, each message is sent once", async (stage) => {
  const { visitor, site, path, a, g } = await aTalk(stage);
  const second = await visitor.newTab();
  await second.goto(site.url(path));
  const b = chatOf(second);
  await b.expectWords(["ada-1", "grace-1"]);
  site.cut();
  const [one, two] = await Promise.all([write(a, "one", 1, 3), write(b, "two", 1, 3)]);
  await expect.poll(() => pending(b).count(), SOON).toBeGreaterThan(0);
  site.mend();
  await expectTheSame([a, b, g], ["ada-1"], one, two, ["grace-1"]);
});

scenario("the router stops and starts again, and the talk goes on", async (stage) => {
  const { site, a, g } = await aTalk(stage);
  await site.stopRouter();
  await write(a, "ada", 2, 3);
  await write(g, "grace", 2, 3);
  await a.page.getByRole("status").filter({ hasText: "Connecting…" }).waitFor();
  await site.startRouter();
  await expectTheSame([a, g], all("ada", 4), all("grace", 4));
  await write(a, "ada", 5, 1);
  await expectTheSame([a, g], all("ada", 5), all("grace", 4));
});
