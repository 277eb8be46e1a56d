// The journey of a new person: from a link to an event over signing up, the code of the mail and
// the first steps to the first message and its answer, in two browsers.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { CONFIRMATION, codeIn, untilMail } from "../../kit/mailbox.ts";
import { untilMatchingHas } from "../../kit/pairs.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { chatOf } from "../chat.ts";
import { button, field, fill, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario, type Visitor } from "../stage.ts";

const site = useSite();
const PASSWORD = "correct horse battery staple";

/** An event of a topic of its own, and a person of that topic who goes there. */
async function anEventWithGrace() {
  const [olga, grace] = [await aPerson("Olga"), await aPerson("Grace Hopper")];
  const topic = `topic ${randomUUID().slice(0, 8)}`;
  const title = `Evening of ${topic}`;
  const eventId = await anEvent(olga.token, { title, tags: [topic] });
  await dataOf(operation("UpdateProfile"), { input: { skills: [topic] } }, { as: grace.token });
  await aRegistration(grace.token, eventId);
  await untilMatchingHas("select from person where skills = $1", [[topic]], 1);
  await untilMatchingHas("select from registration where event_id = $1", [eventId], 1);
  return { grace, topic, title, eventId };
}

/** Signs up from the page of an event, and confirms the address with the code of the mail. */
async function signUp({ page }: Visitor, eventId: string): Promise<void> {
  await page.goto(site().url(`events/${eventId}`));
  await heading(page, "Sign in").waitFor();
  await link(page, "Create an account").click();
  const email = `${randomUUID()}@meetinity.test`;
  await fill(page, { Name: "Nora Newcomer", "Email address": email, Password: PASSWORD });
  await button(page, "Create account").click();
  await heading(page, "Confirm your address").waitFor();
  await field(page, "Code").fill(codeIn(await untilMail(email, CONFIRMATION)));
  await button(page, "Confirm").click();
}

async function answerQuestions({ page }: Visitor, topic: string): Promise<void> {
  await heading(page, "What brings you here?").waitFor();
  await page.getByRole("checkbox", { name: "Getting to know people" }).check();
  await button(page, "Continue").click();
  await heading(page, "What can you do, and what do you like?").waitFor();
  await field(page, "Good at").fill(topic);
  await field(page, "Good at").press("Enter");
  await button(page, "Continue").click();
  await heading(page, "How will others know you?").waitFor();
  await fill(page, { Headline: "Reads machines like novels" });
  await button(page, "Continue").click();
}

scenario(
  "a new person signs up, registers, meets somebody, and their first message is answered",
  async ({ visitor }) => {
    const { grace, topic, title, eventId } = await anEventWithGrace();
    const [nora, other] = [await visitor("nora", { size: PHONE }), await visitor("grace")];
    await signUp(nora, eventId);
    await answerQuestions(nora, topic);

    const { page } = nora;
    await heading(page, "Go to your first event").waitFor();
    await button(page, `Register · ${title}`).click();
    await page.getByText("You are registered").waitFor();
    await untilMatchingHas("select from registration where event_id = $1", [eventId], 2);
    await button(page, "Continue").click();

    await heading(page, "Meet your first person").waitFor();
    const card = page.getByRole("article", { name: "Grace Hopper" });
    await card.getByText(`You are both good at ${topic}`).waitFor();
    await button(card, /^Meet /).click();
    await page.getByText(/^You would like to meet Grace Hopper/).waitFor();
    await button(page, "Done").click();
    await heading(page, title).waitFor();
    expect(page.url()).toBe(site().url(`events/${eventId}`));

    await link(page, "Conversations").click();
    await page.getByText("No conversations yet.").waitFor();
    await signIn(other.page, site(), grace, { path: "people", shows: "People to meet" });
    const back = other.page.getByRole("article", { name: "Nora Newcomer" });
    await back.getByText("Reads machines like novels").waitFor();
    await button(back, /^Meet /).click();
    const dialog = other.page.getByRole("dialog", { name: "It’s a match!" });
    await dialog.waitFor();

    // It comes into the open list by itself.
    await link(page, /^Grace Hopper/).click();
    await heading(page, "Grace Hopper").waitFor();
    await chatOf(page).send("Hello nora-1.");
    await button(dialog, "Write to Nora Newcomer").click();
    await chatOf(other.page).expectWords(["nora-1"]);
    await chatOf(other.page).send("Welcome grace-1.");
    await chatOf(page).expectWords(["nora-1", "grace-1"]);

    await link(page, "Conversations").first().click();
    const offer = page.getByRole("region", { name: "Finish your start" });
    await page.waitForLoadState("networkidle");
    await expect.poll(() => offer.count(), SOON).toBe(0);
  },
);
