// People send files while messaging, the workers and the store of files are killed: every file that
// was said to have arrived is there whole, and nothing is kept that nobody finished.
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { attachments, follow } from "../e2e/messaging/attaching.ts";
import { aGroup, type Result } from "../e2e/messaging/harness.ts";
import { withDatabase } from "../kit/database.ts";
import { filesHolding, keysOnDisk, letFilesBeSwept } from "../kit/stored-bytes.ts";
import { type TokenHolder, tokenHolders } from "../kit/stories.ts";
import { factsOf } from "../kit/uploads.ts";
import { type Load, repeat, startLoad } from "./load.ts";
import { seededRandom } from "./random.ts";
import { closeStack, killUnderLoad, openStack } from "./stack.ts";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  stack = await openStack({ messaging: 2 }, { env: { FILES_OPEN_UPLOADS_MAX: "1000" } });
});
afterAll(() => closeStack(stack, hasFailed));

interface Part {
  readonly offset: number;
  readonly bytes: number;
  readonly url: string;
}

interface Ticket {
  readonly id: string;
  readonly parts: readonly Part[];
}

type Answered = Result & { readonly ticket?: Ticket };

/** A file that a person has begun. */
interface Begun {
  readonly owner: TokenHolder;
  readonly id: string;
  readonly canary: string;
  readonly contents: Buffer;
  hasArrived: boolean;
  isInMessage: boolean;
}

interface Sender {
  readonly load: Load;
  readonly person: TokenHolder;
  readonly router: number;
  readonly conversationId: string;
}

async function insist(sender: Sender, name: string, input: object): Promise<Answered> {
  const { load, person, router } = sender;
  const data = await load.insist<Record<string, Answered>>(name, input, person.token, router);
  const [result] = Object.values(data);
  if (!result) throw new Error(`${name} returned nothing`);
  return result;
}

const RETRY_MS = 100;

/** Sends parts again until the store has taken them. */
async function insistOnParts({ load }: Sender, { parts }: Ticket, contents: Buffer) {
  for (const { url, offset, bytes } of parts) {
    const body = new Uint8Array(contents.subarray(offset, offset + bytes));
    const put = () =>
      fetch(url, { method: "PUT", body }).then(
        ({ status }) => status,
        () => 0,
      );
    for (let status = await put(); status !== 200; status = await put()) {
      load.note(`a part: ${status || "no answer"}`);
      if (status !== 0 && status < 500) throw new Error(`a part was refused: ${status}`);
      await delay(RETRY_MS);
    }
  }
}

async function begin(sender: Sender): Promise<{ begun: Begun; ticket: Ticket }> {
  const canary = `canary-${randomUUID()}`;
  const contents = Buffer.from(`${canary} ${"text ".repeat(20_000)}`);
  const file = factsOf(contents, "text/plain");
  const input = { conversationId: sender.conversationId, file };
  const { ticket } = await insist(sender, "CreateAttachmentUpload", input);
  if (!ticket) throw new Error("the upload did not begin");
  const state = { hasArrived: false, isInMessage: false };
  return { ticket, begun: { owner: sender.person, id: ticket.id, canary, contents, ...state } };
}

async function finish(sender: Sender, begun: Begun): Promise<void> {
  for (;;) {
    const done = await insist(sender, "FinishAttachmentUpload", { uploadId: begun.id });
    begun.hasArrived = done.__typename === "FinishAttachmentUploadSuccess";
    if (begun.hasArrived) return;
    if (!done.ticket) throw new Error(`not finished: ${done.__typename}`);
    await insistOnParts(sender, done.ticket, begun.contents);
  }
}

/** Sends files until the load ends: some stay unfinished, some come into no message. */
async function sendFiles(sender: Sender, all: Begun[]): Promise<void> {
  await repeat(sender.load, async (at) => {
    const { begun, ticket } = await begin(sender);
    all.push(begun);
    await insistOnParts(sender, ticket, begun.contents);
    if (at % 4 === 3) return;
    await finish(sender, begun);
    if (at % 4 === 2) return;
    const { conversationId } = sender;
    const message = { conversationId, clientMessageId: randomUUID(), body: "" };
    const sent = await insist(sender, "SendMessage", { ...message, attachmentIds: [begun.id] });
    expect(sent.__typename).toBe("SendMessageSuccess");
    begun.isInMessage = true;
  });
}

const idsOf = (files: readonly Begun[]) => files.map(({ id }) => id);

/** How many of these files are in a state. */
async function countIn(state: string, files: readonly Begun[]): Promise<number> {
  const { rowCount } = await withDatabase("messaging", (client) =>
    client.query("select from file where id = any($1) and state = $2", [idsOf(files), state]),
  );
  return rowCount ?? 0;
}

/** Longer than a killed worker keeps its jobs. */
const SETTLED = { timeout: 120_000, interval: 500 };
const VICTIMS = ["messaging", "messaging-2", "workers", "storage"];
const PEOPLE = 4;

test("despite kills, a file that has arrived is there whole, and nothing is kept that nobody finished", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const random = seededRandom();
  const load = startLoad();
  const people: TokenHolder[] = await tokenHolders(PEOPLE);
  const [owner, ...others] = people as [TokenHolder, ...TokenHolder[]];
  const conversationId = await aGroup(owner, others);
  const all: Begun[] = [];
  const senders = Promise.all(
    people.map((person, at) => sendFiles({ load, person, router: at % 2, conversationId }, all)),
  );
  await Promise.race([senders, killUnderLoad(stack, [...VICTIMS, ...VICTIMS], load, random)]);
  load.end();
  await senders;
  console.log(all.length, "files", load.story());

  const arrived = all.filter(({ hasArrived }) => hasArrived);
  expect(arrived.length).toBeGreaterThan(VICTIMS.length);
  await expect.poll(() => countIn("READY", arrived), SETTLED).toBe(arrived.length);
  for (const { owner, id, contents } of arrived) {
    const [{ link } = { link: null }] = await attachments(owner, [id]);
    if (!link) throw new Error("there is no link");
    const { bytes } = await follow(link);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      factsOf(contents, "text/plain").sha256,
    );
  }

  await letFilesBeSwept("messaging", idsOf(all));
  const used = all.filter(({ isInMessage }) => isInMessage);
  const unused = all.filter(({ isInMessage }) => !isInMessage);
  const keys = (files: readonly Begun[]) => idsOf(files).map((id) => `attachments/${id}/original`);
  await expect.poll(() => keysOnDisk(keys(all)), SETTLED).toEqual(keys(used));
  for (const { canary } of unused) await expect.poll(() => filesHolding(canary)).toEqual([]);
});
