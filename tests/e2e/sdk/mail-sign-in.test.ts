// Signing in by mail through the client: link and code work in the client that asked, and in no
// other.
import { expect, test } from "vitest";
import { Me } from "../../../clients/sdk/generated/operations.ts";
import { MailSignIn, type Session } from "../../../clients/sdk/index.ts";
import { codeIn, lastOf, tokenIn, untilMails } from "../../kit/mailbox.ts";
import { aPerson } from "../../kit/stories.ts";
import { startClient, startLine } from "./harness.ts";

interface Ours {
  readonly session: Session;
  readonly mailSignIn: MailSignIn;
}

const NOBODY = { refreshToken: "none" };

test("a client signs in by its own link, and a second mail works as the first", async () => {
  const line = await startLine();
  const ada = await aPerson("Ada");
  const { session, run } = startClient(line, NOBODY);
  const mailSignIn = new MailSignIn(session);
  expect(await mailSignIn.request(ada.email)).toMatchObject({
    __typename: "RequestMagicLinkSuccess",
    expiresIn: 600,
  });
  const first = lastOf(await untilMails(ada.email, 1));
  await mailSignIn.request(ada.email);
  await untilMails(ada.email, 2);
  expect(await mailSignIn.byLink(tokenIn(first))).toMatchObject({ __typename: "SignInSuccess" });
  expect(session.getSnapshot()).toEqual({
    status: "signedIn",
    isEmailVerified: true,
    viewerId: ada.id,
  });
  expect((await run(Me, {})).me?.id).toBe(ada.id);
});

test("another client gets nothing from a link, and the first one goes on with the code", async () => {
  const line = await startLine();
  const ada = await aPerson("Ada");
  const [ours, theirs] = [startClient(line, NOBODY), startClient(line, NOBODY)].map(
    ({ session }) => ({ session, mailSignIn: new MailSignIn(session) }),
  ) as [Ours, Ours];
  await ours.mailSignIn.request(ada.email);
  const mail = lastOf(await untilMails(ada.email, 1));
  expect(await theirs.mailSignIn.byLink(tokenIn(mail))).toMatchObject({
    __typename: "OtherBrowserProblem",
  });
  expect(theirs.session.getSnapshot().viewerId).toBeNull();
  expect(await ours.mailSignIn.byCode(codeIn(mail))).toMatchObject({ __typename: "SignInSuccess" });
  expect(ours.session.getSnapshot().viewerId).toBe(ada.id);
});
