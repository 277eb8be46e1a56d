// The mail settings: without a server mails wait and the log says so, and in production links never
// lead to this machine.
import { describe, expect, it } from "vitest";
import { mailOfSettings, mailShape } from "#kit/mail/settings";
import { readConfig } from "#kit/service/config";
import type { Log } from "#kit/service/logger";

function outcomeOf(given: Record<string, string>, NODE_ENV = "production") {
  const said: string[] = [];
  const say = (level: string) => (message: string) => void said.push(`${level}: ${message}`);
  const log = { warn: say("warn"), info: say("info") } as unknown as Log;
  const { mailer, links } = mailOfSettings({ ...readConfig(mailShape, given), NODE_ENV }, log);
  mailer?.close();
  return { hasMailer: mailer !== null, link: links.to("/app/"), said };
}

const SMTP_URL = "smtps://user:secret@smtp.example:465";
const PUBLIC_URL = "https://meetinity.example";

describe("the mail settings", () => {
  it("send by the server, with links to the public address, and say nothing", () => {
    const link = "https://meetinity.example/app/";
    expect(outcomeOf({ SMTP_URL, PUBLIC_URL })).toEqual({ hasMailer: true, link, said: [] });
  });

  it("warn in production that no mail is sent", () => {
    const { hasMailer, said } = outcomeOf({ PUBLIC_URL });
    expect(hasMailer).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^warn: SMTP_URL is not set: no mail is sent/)]);
    expect(outcomeOf({}, "development").said).toEqual([expect.stringMatching(/^info: /)]);
  });

  it("are refused in production without a public address", () => {
    expect(() => outcomeOf({ SMTP_URL })).toThrow("PUBLIC_URL is not set");
    expect(outcomeOf({ SMTP_URL }, "development").link).toBe("http://localhost:4000/app/");
  });

  it.each([
    ["SMTP_URL", "https://smtp.example"],
    ["MAIL_FROM", "nobody"],
    ["PUBLIC_URL", "meetinity.example"],
  ])("name %s when it is wrong, and repeat no value", (name, value) => {
    const read = () => readConfig(mailShape, { [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });
});
