// Guarantees about the organizer's questions and the list of attendees in the app: answers are
// given when registering and changed later, and who wishes to is not in the list.
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { anEvent, namedPeople, questionsOf } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, expectViolation, field, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();

interface Answers {
  readonly event: {
    readonly registrations: {
      readonly edges: readonly {
        readonly node: {
          readonly answers: readonly { readonly text: string; readonly choices: string[] }[];
        };
      }[];
    };
  };
}

/** As the organizer reads them. */
async function answersSeen(token: string, eventId: string) {
  const { event } = await dataOf<Answers>(
    operation("EventRegistrations"),
    { id: eventId },
    { as: token },
  );
  return event.registrations.edges[0]?.node.answers.map(({ text, choices }) => text ?? choices);
}

scenario("answers are asked for when registering, and changed later", async (stage) => {
  const [olga, ada] = await namedPeople(2);
  const eventId = await anEvent(olga.token, { title: "Asking evening" });
  await questionsOf(olga.token, eventId, [
    { kind: "TEXT", text: "What do you not eat?", isRequired: true },
    { kind: "CHOICE", text: "Which talks?", options: ["Compilers", "Bread"], isMultiple: true },
  ]);
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Asking evening" });
  const diet = page.getByRole("textbox", { name: "What do you not eat?" });
  await diet.waitFor();
  await button(page, "Register").click();
  await expectViolation(diet, "Please answer this.");
  await expect.poll(() => diet.evaluate((node) => node.matches(":focus")), SOON).toBe(true);
  await expectAccessible(page, "answer missing");
  await diet.fill("Nuts");
  await page
    .getByRole("group", { name: /^Which talks/ })
    .getByLabel("Bread")
    .check();
  await button(page, "Register").click();
  await page.getByText("You are coming", { exact: true }).waitFor();
  await expect.poll(() => answersSeen(olga.token, eventId), SOON).toEqual(["Nuts", ["Bread"]]);

  await page.reload();
  await expect.poll(() => diet.inputValue(), SOON).toBe("Nuts");
  await diet.fill("");
  await button(page, "Save the answers").click();
  await expectViolation(diet, "Please answer this.");
  await diet.fill("Nuts and eggs");
  await page.getByLabel("Bread").uncheck();
  await button(page, "Save the answers").click();
  await page.getByText("Your answers are saved.").first().waitFor();
  await expect.poll(() => answersSeen(olga.token, eventId), SOON).toEqual(["Nuts and eggs"]);
});

scenario("who hides is not among the attendees, until they wish to be", async (stage) => {
  const [olga, ada, bob] = await namedPeople(3);
  const names = { displayName: `Ada ${ada.id.slice(-6)}` };
  await dataOf(operation("UpdateProfile"), { input: names }, { as: ada.token });
  const eventId = await anEvent(olga.token, { title: "Shy evening" });
  const [{ page }, other] = [await stage.visitor("ada"), await stage.visitor("bob")];
  await signIn(page, site(), ada, { path: `events/${eventId}`, shows: "Shy evening" });
  await field(page, "Do not show me among the attendees").check();
  await button(page, "Register").click();
  await page.getByText("You are coming", { exact: true }).waitFor();
  await signIn(other.page, site(), bob, { path: `events/${eventId}`, shows: "Shy evening" });
  await button(other.page, "Register").click();
  await other.page.getByRole("heading", { name: "Who comes" }).waitFor();
  expect(await link(other.page, names.displayName).count()).toBe(0);
  await field(page, "Do not show me among the attendees").click();
  await page.getByText("Others see you among the attendees.").first().waitFor();
  await other.page.reload();
  await link(other.page, names.displayName).waitFor();
  await expectAccessible(other.page, "attendees");
});
