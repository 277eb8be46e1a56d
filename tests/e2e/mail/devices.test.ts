// The mails about devices, as they arrive: what signed in, when, from where, and the way out if it
// was somebody else; in the person's language.
import { describe, expect, it } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { untilDeviceMails, untilMails } from "../../kit/mailbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";

interface SignedIn {
  readonly deviceToken: string;
  readonly refreshToken: string;
}

async function signIn({ email, password }: Person, deviceToken?: string): Promise<SignedIn> {
  const { signIn } = await dataOf<{ signIn: SignedIn }>(
    operation("SignIn"),
    { input: { email, password, ...(deviceToken && { deviceToken }) } },
    { headers: { "user-agent": FIREFOX } },
  );
  return signIn;
}

const speak = ({ token }: Person, language: string) =>
  dataOf(operation("UpdateProfile"), { input: { languages: [language] } }, { as: token });

describe("a sign-in on a new device", () => {
  it("is told with its device, time and address, and with the way out", async () => {
    const ada = await aPerson("Ada");
    const { deviceToken } = await signIn(ada);
    const [mail] = await untilDeviceMails(ada.email, 1);
    expect(mail?.subject).toBe("New sign-in: Firefox on Windows");
    expect(mail?.text).toMatch(/When: \d+ \w+ \d{4} at \d\d:\d\d UTC/);
    expect(mail?.text).toMatch(/From the address: (127\.0\.0\.1|::\/64)/);
    expect(mail?.text).toMatch(/http:\/\/localhost:\d+\/app\/forgot-password/);
    expect(mail?.text).toMatch(/http:\/\/localhost:\d+\/app\/settings\/devices/);
    await signIn(ada, deviceToken);
    await signIn(ada);
    expect(await untilDeviceMails(ada.email, 2)).toHaveLength(2);
  });

  it("is told in French to a person who speaks it", async () => {
    const ada = await aPerson("Ada");
    await speak(ada, "fr");
    await signIn(ada);
    const [mail] = await untilDeviceMails(ada.email, 1);
    expect(mail?.subject).toBe("Nouvelle connexion : Firefox sur Windows");
    expect(mail?.text).toContain("Si ce n’était pas vous");
  });
});

it("a session that ended because its refresh token came back is told", async () => {
  const ada = await aPerson("Ada");
  const { refreshToken } = await signIn(ada);
  const refresh = () => dataOf(operation("RefreshSession"), { input: { refreshToken } });
  await refresh();
  await withDatabase("users", (client) =>
    client.query(
      `update refresh_token set rotated_at = rotated_at - interval '1 minute'
       from session where session.id = session_id and user_id = $1 and rotated_at is not null`,
      [ada.id],
    ),
  );
  await refresh();
  const [mail] = await untilMails(ada.email, 1);
  expect(mail?.subject).toBe("We have ended one of your sessions");
  expect(mail?.text).toContain("we have signed out Firefox on Windows");
});
