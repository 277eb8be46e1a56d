// How people want to be told: what they choose counts for the next mail, also without sign-in by
// the link of a mail, and by one click of a mail program; and nobody changes another's wishes.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { lastOf, mailsTo, untilMail } from "../../kit/mailbox.ts";
import { stack } from "../../kit/stack.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder, type Person } from "../../kit/stories.ts";

interface Preferences {
  readonly digest: string;
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly timeZone: string;
  readonly channels: readonly {
    readonly category: string;
    readonly isEmailOn: boolean;
    readonly isPushOn: boolean;
  }[];
}

const READ = operation("NotificationPreferences");
const UPDATE = operation("UpdateNotificationPreferences");
const READ_BY_TOKEN = operation("NotificationPreferencesByToken");
const UPDATE_BY_TOKEN = operation("UpdateNotificationPreferencesByToken");

async function preferencesOf({ token }: Person): Promise<Preferences> {
  const data = await dataOf<{ notificationPreferences: Preferences }>(READ, {}, { as: token });
  return data.notificationPreferences;
}

const channelsOf = ({ channels }: Preferences, category: string) =>
  channels.find((each) => each.category === category);

/** Registers a person for an event, which tells them. */
async function tell(person: Person, title: string): Promise<void> {
  const organizer = await aTokenHolder();
  await aRegistration(person.token, await anEvent(organizer.token, { title }));
}

const subjectOf = (title: string) => `You are registered for “${title}”`;

/** The mail about a registration, and the token of its link to preferences. */
async function mailAbout(person: Person, title: string) {
  await tell(person, title);
  const mail = await untilMail(person.email, subjectOf(title));
  const [, token = ""] = /mail-preferences\?token=([\w.-]+)/.exec(mail.text) ?? [];
  expect(mail.html).toContain(token);
  return { mail, token };
}

test("without a choice, mails come at once, and quiet hours are never", async () => {
  const ada = await aPerson("Ada");
  const preferences = await preferencesOf(ada);
  expect(preferences).toMatchObject({ digest: "AT_ONCE", quietHours: null, timeZone: "UTC" });
  // Nothing is an announcement yet, or a reaction: a switch for them would change nothing.
  expect(preferences.channels.map(({ category }) => category)).toEqual([
    "REGISTRATIONS",
    "EVENTS",
    "REMINDERS",
    "MATCHES",
    "MESSAGES",
    "MENTIONS",
    "INVITATIONS",
    "ACCOUNT",
  ]);
  expect(channelsOf(preferences, "MESSAGES")).toMatchObject({ isEmailOn: false, isPushOn: true });
  const { mail } = await mailAbout(ada, "Compilers by night");
  expect(mail.text).toContain("You are registered for “Compilers by night”.");
  expect(mail.text).toMatch(/\/app\/events\/[\w-]+/);
});

test("a mail is in the language of the account", async () => {
  const ada = await aPerson("Ada");
  await dataOf(operation("ChangeLanguage"), { input: { language: "fr" } }, { as: ada.token });
  await tell(ada, "Soirée");
  const mail = await untilMail(ada.email, "Votre inscription à «\u00a0Soirée\u00a0» est confirmée");
  expect(mail.text).toContain("Choisir les e-mails que vous recevez");
});

test("choices stay, and so does all that a change leaves out", async () => {
  const ada = await aPerson("Ada");
  const update = (input: object) => dataOf(UPDATE, { input }, { as: ada.token });
  await update({ digest: "DAILY", timeZone: "europe/paris" });
  await update({ quietHours: { from: "22:00", to: "07:30" } });
  await update({ channels: [{ category: "MATCHES", isEmailOn: false, isPushOn: true }] });
  await update({ channels: [{ category: "EVENTS", isEmailOn: true, isPushOn: false }] });
  const preferences = await preferencesOf(ada);
  expect(preferences).toMatchObject({
    digest: "DAILY",
    timeZone: "Europe/Paris",
    quietHours: { from: "22:00", to: "07:30" },
  });
  expect(channelsOf(preferences, "MATCHES")).toMatchObject({ isEmailOn: false, isPushOn: true });
  expect(channelsOf(preferences, "EVENTS")).toMatchObject({ isEmailOn: true, isPushOn: false });
  await update({ quietHours: null });
  expect((await preferencesOf(ada)).quietHours).toBeNull();
});

test("a wish that cannot be is refused by its field, and changes nothing", async () => {
  const ada = await aPerson("Ada");
  const refusals: [object, string][] = [
    [{ timeZone: "Mars/Base" }, "input.timeZone"],
    [{ quietHours: { from: "24:00", to: "07:00" } }, "input.quietHours.from"],
    [{ quietHours: { from: "07:00", to: "07:00" } }, "input.quietHours.to"],
  ];
  for (const [wrong, field] of refusals) {
    const input = { digest: "DAILY", ...wrong };
    expect(await refusalOf(UPDATE, { input }, { as: ada.token })).toMatchObject({ field });
  }
  expect((await preferencesOf(ada)).digest).toBe("AT_ONCE");
  const { errors } = await ask(READ);
  expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
});

test("the link of a mail changes wishes without sign-in, and one that is altered changes none", async () => {
  const [ada, eve] = [await aPerson("Ada"), await aPerson("Eve")];
  const { token } = await mailAbout(ada, "one");
  const channels = [{ category: "REGISTRATIONS", isEmailOn: false, isPushOn: true }];
  const [, proof = ""] = token.split(".");
  for (const wrong of [`${eve.id}.${proof}`, `${token}x`, `${newId()}.${proof}`, "nonsense"]) {
    expect(await dataOf(READ_BY_TOKEN, { token: wrong })).toEqual({
      notificationPreferencesByToken: null,
    });
    expect(await dataOf(UPDATE_BY_TOKEN, { input: { token: wrong, channels } })).toMatchObject({
      updateNotificationPreferencesByToken: { __typename: "InvalidPreferencesTokenProblem" },
    });
  }
  expect(await dataOf(READ_BY_TOKEN, { token })).toMatchObject({
    notificationPreferencesByToken: { digest: "AT_ONCE" },
  });
  await dataOf(UPDATE_BY_TOKEN, { input: { token, channels, digest: "HOURLY" } });
  const preferences = await preferencesOf(ada);
  expect(preferences.digest).toBe("HOURLY");
  expect(channelsOf(preferences, "REGISTRATIONS")?.isEmailOn).toBe(false);
  expect((await preferencesOf(eve)).digest).toBe("AT_ONCE");
});

test("one click of a mail program turns mails off, at any router, and pushes stay", async () => {
  const ada = await aPerson("Ada");
  const { token } = await mailAbout(ada, "one");
  const click = (router: number, given: string) =>
    fetch(new URL(`/users/notices/unsubscribe?token=${given}`, stack().urls.routers[router]), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
  expect((await click(0, `${token}x`)).status).toBe(404);
  expect((await click(0, token)).status).toBe(200);
  expect((await click(1, token)).status).toBe(200);
  const { channels } = await preferencesOf(ada);
  expect(channels.filter(({ isEmailOn }) => isEmailOn)).toEqual([]);
  expect(channels.some(({ isPushOn }) => isPushOn)).toBe(true);
  await tell(ada, "two");
  await untilRows("users", "select from notification where person_id = $1", [ada.id], 2);
  await dataOf(
    UPDATE,
    { input: { channels: [{ category: "REGISTRATIONS", isEmailOn: true, isPushOn: true }] } },
    { as: ada.token },
  );
  await tell(ada, "three");
  await untilMail(ada.email, subjectOf("three"));
  const subjects = (await mailsTo(ada.email)).map(({ subject }) => subject);
  expect(subjects).not.toContain(subjectOf("two"));
  expect(lastOf(await mailsTo(ada.email)).subject).toBe(subjectOf("three"));
});
