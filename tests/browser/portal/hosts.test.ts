// Guarantees about hosts, questions and exports in the portal.
import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { anEvent, aPerson, aRegistration, namedPeople, questionsOf } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, heading, link } from "../screens.ts";
import { useSite } from "../site.ts";
import { SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

scenario("an organizer adds a host, changes what they may do, and removes them", async (stage) => {
  const [olga, hugo] = await namedPeople(2);
  const displayName = `Hugo ${hugo.id.slice(-6)}`;
  await dataOf(operation("UpdateProfile"), { input: { displayName } }, { as: hugo.token });
  const eventId = await anEvent(olga.token, { title: "Hosted evening" });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}/hosts`, "Hosted evening");
  await page.getByText("Nobody helps you yet.").waitFor();
  await page.getByRole("searchbox", { name: "Search people" }).fill(displayName);
  await button(page, `Add ${displayName} as a host`).click();
  const rights = page.getByRole("group", { name: `What ${displayName} may do` });
  const mayEdit = rights.getByRole("checkbox", { name: "Edit" });
  expect(await mayEdit.isChecked()).toBe(false);
  await mayEdit.click();
  await expect.poll(() => mayEdit.isChecked(), SOON).toBe(true);
  await expectAccessible(page, "hosts");
  await button(page, `Remove ${displayName} as a host`).click();
  await confirm(page, "Remove");
  await page.getByText("Nobody helps you yet.").waitFor();
});

scenario("an organizer asks questions, and mistakes are at their fields", async (stage) => {
  const olga = await aPerson("Olga");
  const eventId = await anEvent(olga.token, { title: "Curious evening" });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}/questions`, "Curious evening");
  await page.getByText("You ask nothing yet.").waitFor();
  await button(page, "Add a question").click();
  await button(page, "Save the questions").click();
  const question = page.getByRole("group", { name: "Question 1" });
  await expectViolation(question.getByLabel("Your question"), "Please write the question.");
  await question.getByLabel("Your question").fill("What do you drink?");
  await question.getByLabel("A choice").check();
  await button(page, "Save the questions").click();
  await expectViolation(question.getByLabel("Options"), "Please write at least one option.");
  await question.getByLabel("Options").fill("Coffee\nTea");
  await expectAccessible(page, "questions");
  await button(page, "Save the questions").click();
  await page.getByText("The questions are saved.").waitFor();
  await page.reload();
  await expect
    .poll(() => page.getByLabel("Your question").inputValue(), SOON)
    .toBe("What do you drink?");
});

scenario("an organizer reads answers and saves all registrations as a file", async (stage) => {
  const [olga, ada] = await Promise.all([aPerson("Olga"), aPerson("Ada Answers")]);
  const eventId = await anEvent(olga.token, { title: "Answered evening" });
  const [questionId = ""] = await questionsOf(olga.token, eventId, [
    { kind: "TEXT", text: "Why?" },
  ]);
  const answers = [{ questionId, text: "Because I can" }];
  const { id } = await aRegistration(ada.token, eventId, { answers, isHidden: true });
  const { page } = await stage.visitor("olga");
  await atDesk(page, site(), olga, `events/${eventId}`, "Answered evening");
  const registration = row(page, "Ada Answers");
  await registration.getByText("1 answer").click();
  await registration.getByText("Because I can").waitFor();
  await registration.getByText("Hides among the attendees").waitFor();
  const download = page.waitForEvent("download");
  await button(page, "Export as CSV").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("Answered-evening-registrations.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(new RegExp(`${id},Ada Answers,CONFIRMED,1,.*,yes,Because I can`));
  await heading(page, "Answered evening").waitFor();
  expect(await link(page, "Hosts").count()).toBe(1);
});
