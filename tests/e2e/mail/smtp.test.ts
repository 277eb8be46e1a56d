// Mails as jobs, over a real SMTP server: sent again under the same id after a failure, given up
// when the server refuses the address for good, written in the person's language, and not sent when
// they are too late or their person is gone. The database never holds what a mail says.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { newId } from "../../../kit/data/id.ts";
import { linksOf, mailKind } from "../../../kit/mail/kinds.ts";
import { createSmtpMailer, type Mailer } from "../../../kit/mail/mailer.ts";
import { type MailOptions, mailing, mailOf, type Recipient } from "../../../kit/mail/sending.ts";
import { createSealing } from "../../../kit/trust/sealing.ts";
import { log, openQueue, type Queue, startWorker } from "../jobs/harness.ts";

interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly id: string;
  readonly unsubscribe: readonly (string | undefined)[];
}

const BARE = { to: "ada@example.com", messageId: "a@b", subject: "", text: "", html: "" };
const UNSUBSCRIBE = ["list-unsubscribe", "list-unsubscribe-post"];

const lineOf = ({ headerLines }: ParsedMail, name: string) =>
  headerLines.find(({ key }) => key === name)?.line;

let queue: Queue;
let smtp: SMTPServer;
let mailer: Mailer;
let received: Received[];
/** What the server answers to the next deliveries, instead of taking them. */
let refusals: { code: number; at: "rcpt" | "data" }[];

function refusal(at: "rcpt" | "data"): Error | null {
  const [next] = refusals;
  if (next?.at !== at) return null;
  refusals.shift();
  return Object.assign(new Error("no mail for ada@example.com"), { responseCode: next.code });
}

beforeAll(async () => {
  queue = await openQueue();
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: (_address, _session, callback) => callback(refusal("rcpt")),
    onData: (stream, { envelope }, callback) => {
      void simpleParser(stream).then((mail) => {
        const [to] = envelope.rcptTo;
        received.push({
          to: to?.address ?? "",
          subject: mail.subject ?? "",
          text: mail.text ?? "",
          id: mail.messageId ?? "",
          unsubscribe: UNSUBSCRIBE.map((name) => lineOf(mail, name)),
        });
        callback(refusal("data"));
      });
    },
  });
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  const { port } = smtp.server.address() as AddressInfo;
  mailer = createSmtpMailer({
    url: `smtp://127.0.0.1:${port}`,
    from: "Meetinity <no-reply@meetinity.example>",
    requiresTls: false,
  });
});
afterAll(async () => {
  await queue.close();
  mailer.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});
beforeEach(async () => {
  received = [];
  refusals = [];
  await queue.clear();
});

const greeting = mailKind("test.greeting", z.object({ token: z.string() }), {
  en: ({ token }, links, { displayName }) => ({
    subject: `Hello ${displayName}`,
    lines: ["Welcome."],
    action: { label: "Go", url: links.to("/app/", { token }) },
  }),
  fr: (_params, _links, { displayName }) => ({ subject: `Bonjour ${displayName}`, lines: [] }),
});

const sealing = createSealing([Buffer.alloc(32, 7)]);
const person = newId();
const key = sealing.of(person, sealing.newKey(person));
const seal = {
  seal: (text: string) => key.seal("mail", text),
  open: (text: string) => key.open("mail", text),
};
const ada: Recipient = { email: "ada@example.com", displayName: "Ada", languages: [], seal };

type Wish = Partial<MailOptions<{ readonly token: string }>>;

async function enqueue(wish: Wish = {}): Promise<string> {
  const params = { token: "live-token" };
  await queue.add(mailOf(greeting, { personId: person, params, key: "a", ...wish }, seal));
  const { id } = await queue.database.job.findFirstOrThrow({ where: { kind: "mail" } });
  return id;
}

/** Sends what is enqueued. */
async function send(recipient: Recipient | null = ada, through = mailer): Promise<void> {
  const handler = mailing({
    kinds: [greeting],
    mailer: through,
    links: linksOf("https://meetinity.example"),
    log,
    clock: () => new Date(),
    recipientOf: async () => recipient,
  });
  const { runner } = startWorker(queue, () => [handler], { leaseMs: 10_000 });
  await queue.untilFinished();
  await runner.stop();
}

const job = () => queue.database.job.findFirstOrThrow({ where: { kind: "mail" } });

describe("a mail", () => {
  it("is written when it is sent: to the person, with a link of ours, under the id of its job", async () => {
    const id = await enqueue();
    await send();
    expect(received).toEqual([
      expect.objectContaining({
        to: "ada@example.com",
        subject: "Hello Ada",
        text: expect.stringContaining("https://meetinity.example/app/?token=live-token"),
        id: `<${id}@meetinity.example>`,
      }),
    ]);
    expect(await job()).toMatchObject({ state: "DONE", payload: null });
  });

  it("is in the person's language", async () => {
    await enqueue();
    await send({ ...ada, languages: ["de", "fr-CH"] });
    expect(received.map(({ subject }) => subject)).toEqual(["Bonjour Ada"]);
  });

  it("goes to another address when it says so", async () => {
    await enqueue({ to: "new@example.com" });
    await send();
    expect(received.map(({ to }) => to)).toEqual(["new@example.com"]);
  });

  it("has the headers of one-click unsubscribing only if it can be turned off", async () => {
    const url = `https://meetinity.example/users/notices/unsubscribe?token=${"x".repeat(80)}`;
    for (const oneClickUrl of [url, null]) await mailer.send({ ...BARE, oneClickUrl });
    expect(received.map(({ unsubscribe }) => unsubscribe)).toEqual([
      [`List-Unsubscribe: <${url}>`, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"],
      [undefined, undefined],
    ]);
  });

  it("is stored as person, kind and sealed parameters", async () => {
    await enqueue({ to: "new@example.com" });
    const stored = JSON.stringify({ ...(await job()), ordinal: null });
    expect(stored).not.toMatch(/live-token|example\.com|Welcome|Ada/);
  });

  it("is sent again under the same id when its delivery was not certain", async () => {
    refusals = [{ code: 451, at: "data" }];
    const id = await enqueue();
    await send();
    expect(received.map((mail) => mail.id)).toEqual(Array(2).fill(`<${id}@meetinity.example>`));
    expect((await job()).state).toBe("DONE");
  });

  it("is given up when the server refuses the address for good, without repeating it", async () => {
    refusals = [{ code: 550, at: "rcpt" }];
    await enqueue();
    await send();
    expect(received).toEqual([]);
    const error = "The mail server refuses this mail (EENVELOPE, 550).";
    expect(await job()).toMatchObject({ state: "GIVEN_UP", attempts: 1, error });
  });

  it("is not sent when it has expired, or when its person is gone", async () => {
    await enqueue({ expiresAt: new Date(Date.now() - 1) });
    await send();
    await queue.clear();
    await enqueue();
    await send(null);
    expect(received).toEqual([]);
    expect((await job()).state).toBe("DONE");
  });

  it("cannot add a header or a recipient", async () => {
    await enqueue();
    await send({ ...ada, displayName: "Ada\r\nBcc: eve@example.com\r\n\r\nBody" });
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toBe("ada@example.com");
    expect(received[0]?.subject).toBe("Hello Ada Bcc: eve@example.com Body");
  });
});

describe("without an answer of the server", () => {
  it("a mail waits, with the reason", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const away = createSmtpMailer({
      url: `smtp://127.0.0.1:${port}`,
      from: "a@example.com",
      requiresTls: false,
    });
    await enqueue();
    const handler = mailing({
      kinds: [greeting],
      mailer: away,
      links: linksOf("https://meetinity.example"),
      log,
      clock: () => new Date(),
      recipientOf: async () => ada,
    });
    const { runner } = startWorker(queue, () => [handler]);
    await vi.waitFor(
      async () => {
        const error = "The mail server cannot be reached (ESOCKET).";
        expect(await job()).toMatchObject({ state: "WAITING", error });
      },
      { timeout: 20_000 },
    );
    await runner.stop();
    away.close();
  });

  it("an encrypted connection is not given up for one in the clear", async () => {
    const { port } = smtp.server.address() as AddressInfo;
    const strict = createSmtpMailer({
      url: `smtp://127.0.0.1:${port}`,
      from: "a@example.com",
      requiresTls: true,
    });
    await expect(strict.send({ ...BARE, oneClickUrl: null })).rejects.toThrow(/^The mail server/);
    expect(received).toEqual([]);
    strict.close();
  });
});
