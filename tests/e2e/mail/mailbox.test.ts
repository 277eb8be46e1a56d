// The mailbox of the running stack: a mail that an action caused arrives once, and is there as JSON
// and on the page, as text that runs nothing.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { mailsTo, untilMails } from "../../kit/mailbox.ts";
import { stack } from "../../kit/stack.ts";
import { aPerson } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

let admin: string;
beforeAll(async () => {
  const { id } = await aPerson("Chief");
  await withDatabase("users", (client) =>
    client.query("insert into role_grant (user_id, role, created_at) values ($1, 'ADMIN', now())", [
      id,
    ]),
  );
  admin = await accessToken({ userId: id, roles: ["ADMIN"], scopes: ["admin"] });
});

const grant = (userId: string) =>
  dataOf(operation("GrantRole"), { input: { userId, role: "MODERATOR" } }, { as: admin });
const page = (path: string) => fetch(new URL(path, stack().urls.routers[0]));

describe("a changed role", () => {
  it("is told by one mail, however often it is granted at once", async () => {
    const { id, email } = await aPerson("<b>Mo</b>");
    await Promise.all(Array.from({ length: 10 }, () => grant(id)));
    const [mail] = await untilMails(email, 1);
    expect(mail).toMatchObject({ to: email, subject: "You are now moderator" });
    expect(mail?.text).toContain("Hello <b>Mo</b>,");
    expect(mail?.text).toMatch(/http:\/\/localhost:\d+\/app\//);
    expect(mail?.html).toContain("&lt;b&gt;Mo&lt;/b&gt;");
    const { role, ...input } = { userId: id, role: "MODERATOR" };
    await dataOf(operation("RevokeRole"), { input: { ...input, role } }, { as: admin });
    const mails = await untilMails(email, 2);
    expect(mails[1]?.subject).toBe("You are no longer moderator");
    expect(new Set(mails.map((each) => each.id)).size).toBe(2);
  });
});

describe("the mailbox", () => {
  it("has a page that shows mails and runs nothing", async () => {
    const { id, email } = await aPerson("<script>alert(1)</script>");
    await grant(id);
    await untilMails(email, 1);
    const response = await page(`/mailbox?to=${email}`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain("You are now moderator");
    expect(html).not.toContain("<script>");
  });

  it("is empty for an unknown address", async () => {
    expect(await mailsTo(`${randomUUID()}@meetinity.test`)).toEqual([]);
  });
});
