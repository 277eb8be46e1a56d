// Guarantees about files in messages: others see the pictures and save the documents, bytes and
// all, a file that cannot be sent says why, and everything goes by keys too.
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import {
  addFiles,
  dropOn,
  expectChecked,
  expectDrawn,
  pasteInto,
  photo,
  send,
  textFile,
  tray,
} from "./files.ts";
import { aGroup } from "./people.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, type Stage, scenario } from "./stage.ts";

/** Until it is loaded, a placeholder is shown in its place. */
const PICTURE = 'img[src^="blob:"]';

const site = useSite();

/** Ada at a desk and Grace with a phone, in a group of the two. */
async function twoAt(stage: Stage) {
  const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
  const path = `conversations/${await aGroup("Talk", ada, [grace])}`;
  const [hers, other] = await Promise.all([
    stage.visitor("ada", { size: DESK }),
    stage.visitor("grace", { size: PHONE }),
  ]);
  await signIn(hers.page, site(), ada, { path, shows: "Talk" });
  await signIn(other.page, site(), grace, { path, shows: "Talk" });
  return { hers, other, ada, adaChat: chatOf(hers.page), graceChat: chatOf(other.page) };
}

scenario("pictures that one sends, others see, open and turn over by keys", async (stage) => {
  const { hers, other, adaChat, graceChat } = await twoAt(stage);
  await addFiles(hers.page, [await photo("hall.png"), await photo("stage.png", "tomato")]);
  await expect.poll(() => tray(hers.page).count(), SOON).toBe(2);
  await adaChat.box.fill("The hall, ada-1.");
  await send(hers.page);
  const sent = graceChat.message("ada-1");
  await sent.waitFor();
  await expectChecked(sent);
  await expectDrawn(sent.getByRole("button", { name: "Photo 1 of 2" }).locator(PICTURE));
  await expectDrawn(sent.getByRole("button", { name: "Photo 2 of 2" }).locator(PICTURE));
  await expect.poll(() => tray(hers.page).count(), SOON).toBe(0);
  await expectAccessible(other.page, "a conversation with pictures");

  await sent.getByRole("button", { name: "Photo 1 of 2" }).press("Enter");
  const viewer = other.page.getByRole("dialog", { name: "Photo 1 of 2" });
  await expectDrawn(viewer.locator("img"));
  await expectAccessible(other.page, "a picture over the window");
  await other.page.keyboard.press("ArrowRight");
  await other.page.getByRole("dialog", { name: "Photo 2 of 2" }).waitFor();
  await other.page.keyboard.press("ArrowRight");
  await other.page.keyboard.press("Escape");
  await expect.poll(() => other.page.getByRole("dialog").count(), SOON).toBe(0);
  const first = sent.getByRole("button", { name: "Photo 1 of 2" });
  await expect.poll(() => first.evaluate((node) => node.matches(":focus")), SOON).toBe(true);

  await other.page.setViewportSize(PHONE);
  await other.page.goto(site().url());
  await other.page.getByText("Ada Lovelace: 📷 The hall, ada-1.").waitFor();
});

scenario("a document comes with its bytes and its name, quoted too", async (stage) => {
  const { hers, other, graceChat } = await twoAt(stage);
  const text = "1. Welcome\n2. Café\n";
  await addFiles(hers.page, [textFile("Agenda.txt", text)]);
  await send(hers.page);
  const row = graceChat.log.getByRole("button", { name: /^Save Agenda\.txt/ });
  const [download] = await Promise.all([other.page.waitForEvent("download"), row.click()]);
  expect(download.suggestedFilename()).toBe("Agenda.txt");
  expect(await readFile(await download.path(), "utf8")).toBe(text);
  await graceChat.act("Agenda.txt", "Reply");
  await graceChat.send("Seen, grace-1.");
  await graceChat.message("grace-1").getByText("📎 Agenda.txt").waitFor();
});

scenario("files that are pasted or dropped are sent, ten at most", async (stage) => {
  const { hers, adaChat, graceChat } = await twoAt(stage);
  await pasteInto(adaChat.box, await photo("pasted.png"));
  await tray(hers.page).filter({ hasText: "pasted.png" }).waitFor();
  await dropOn(hers.page, adaChat.log, textFile("dropped.txt", "Dropped."));
  await tray(hers.page).filter({ hasText: "dropped.txt" }).waitFor();
  const many = Array.from({ length: 9 }, (_, at) => textFile(`${at}.txt`, `File ${at}.`));
  await addFiles(hers.page, many);
  await hers.page.getByText("A message takes 10 files at most.").first().waitFor();
  await expect.poll(() => tray(hers.page).count(), SOON).toBe(10);
  await button(hers.page, "Remove 7.txt").click();
  await send(hers.page);
  const [message] = [graceChat.log.getByRole("article").first()];
  await button(message, /^Save dropped\.txt/).waitFor();
  await expect.poll(() => message.getByRole("button", { name: /^Save / }).count(), SOON).toBe(8);
  await message.getByRole("button", { name: "Photo", exact: true }).waitFor();
});

scenario("a file that cannot be sent says why, before and after it has come", async (stage) => {
  const { hers, adaChat } = await twoAt(stage);
  const page = { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<p>Hi</p>") };
  await addFiles(hers.page, [page]);
  await tray(hers.page).getByText("Files of this kind cannot be sent here.").waitFor();
  await expectAccessible(hers.page, "a file that cannot be sent");
  await hers.page.setViewportSize(DESK);
  await button(hers.page, "Remove page.html").click();
  await addFiles(
    hers.page,
    [textFile("fake.pdf", "No PDF.")].map((each) => {
      return { ...each, mimeType: "application/pdf" };
    }),
  );
  await adaChat.box.fill("Look, ada-1.");
  await send(hers.page);
  // It may be looked at before the message is sent, which is refused then.
  const refused = /It is not the kind of file that it says\.|One of its files cannot be sent\./;
  await adaChat.message("ada-1").getByText(refused).waitFor();
});

scenario("a message waits for its files, also while the line is away", async (stage) => {
  const { hers, adaChat, graceChat } = await twoAt(stage);
  let isHeld = true;
  const held: (() => void)[] = [];
  await hers.page.route("**/*", async (route, request) => {
    if (request.method() === "PUT" && isHeld) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
      });
    }
    await route.continue();
  });
  await addFiles(hers.page, [textFile("slow.txt", "Slow.")]);
  await adaChat.box.fill("Later, ada-1.");
  await send(hers.page);
  await hers.page.getByText("Your message is sent once all files have arrived.").waitFor();
  expect(await adaChat.words()).toEqual([]);
  await link(hers.page, "Events").first().click();
  await heading(hers.page, "Events").waitFor();
  isHeld = false;
  for (const go of held) go();
  await graceChat.message("ada-1").getByText("slow.txt").waitFor();
});

scenario(
  "a message has its file also when it is sent before the app is ready for files",
  async (stage) => {
    const { hers, adaChat, graceChat } = await twoAt(stage);
    let late = 0;
    await hers.page.route(/\/assets\/tray/, async (route) => {
      late += 1;
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await adaChat.box.fill("At once, ada-1.");
    await addFiles(hers.page, [textFile("early.txt", "Early.")]);
    await send(hers.page);
    await graceChat.message("ada-1").getByText("early.txt").waitFor();
    expect(late).toBeGreaterThan(0);
  },
);

scenario("a link that has ended is replaced by a new one", async (stage) => {
  const { hers, adaChat, ada } = await twoAt(stage);
  await addFiles(hers.page, [await photo("hall.png")]);
  await adaChat.box.fill("The hall, ada-1.");
  await send(hers.page);
  await expectChecked(adaChat.message("ada-1"));
  const later = await stage.visitor("later");
  later.announce(/403/);
  let refused = 0;
  await later.page.route(/X-Amz-Signature/, async (route, request) => {
    const isFirst = request.method() === "GET" && refused === 0;
    if (!isFirst) return route.continue();
    refused += 1;
    const headers = { "access-control-allow-origin": "*" };
    await route.fulfill({ status: 403, headers });
  });
  const path = new URL(hers.page.url()).pathname.replace("/app/", "");
  await signIn(later.page, site(), ada, { path, shows: "Talk" });
  await expectDrawn(
    later.page.getByRole("button", { name: "Photo", exact: true }).locator(PICTURE),
  );
  expect(refused).toBe(1);
});

scenario("replies in a thread have files", async (stage) => {
  const { hers, adaChat } = await twoAt(stage);
  await adaChat.send("A question, ada-1.");
  await adaChat.act("ada-1", "Reply in thread");
  const panel = hers.page.getByRole("region", { name: "Thread" });
  await addFiles(panel, [await photo("answer.png")]);
  await send(panel, "Send reply");
  const reply = panel.getByRole("log", { name: "Replies" }).getByRole("article");
  await expectChecked(reply);
  await expectDrawn(reply.getByRole("button", { name: "Photo", exact: true }).locator(PICTURE));
});
