// A person whose every text is a word that nobody else has, and where these words are: in the
// databases, in Redis, and in the logs of all processes.
import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { scan, ticketsFor } from "../../kit/door.ts";
import { placesOf } from "../../kit/places.ts";
import { dumpOfRedis } from "../../kit/redis-dump.ts";
import { connect } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  confirmAddress,
  type Person,
  questionsOf,
} from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";

const SUBGRAPHS = ["users", "events", "matching", "messaging"] as const;

/** Every word of one person begins with it. Without hyphens, which keys of topics leave out. */
export interface Canaries {
  readonly stem: string;
  /** A language, which is too short for a word. */
  readonly language: string;
  /** A text of the person's that stays: the title of an event that they published. */
  readonly published: string;
}

export interface Canary extends Canaries {
  readonly person: Person;
  /** Somebody to whom the person talks. */
  readonly friend: Person;
}

const signUp = operation("SignUp");

/** Signs a person up and lets them write into everything. */
export async function aCanary(): Promise<Canary> {
  const stem = `kanari${randomBytes(8).toString("hex")}`;
  const published = `public${randomBytes(8).toString("hex")}`;
  const email = `${stem}mail@meetinity.test`;
  const password = `${stem} secret`;
  const input = { email, password, displayName: `${stem}name` };
  type Data = { signUp: { accessToken: string; refreshToken: string; viewer: { id: string } } };
  const { signUp: joined } = await dataOf<Data>(signUp, { input }, { headers: agent(stem) });
  // The next token says that the address is confirmed.
  await confirmAddress(joined.viewer.id);
  const { refreshToken: before } = joined;
  type Refreshed = { refreshSession: { accessToken: string; refreshToken: string } };
  const refreshing = { input: { refreshToken: before } };
  const { refreshSession } = await dataOf<Refreshed>(operation("RefreshSession"), refreshing);
  const { accessToken: token, refreshToken } = refreshSession;
  const person = { id: joined.viewer.id, token, refreshToken, email, password };
  const friend = await aPerson("A friend");
  const language = `en-x-${randomBytes(4).toString("hex")}`;
  await writeProfile(person, stem, language);
  await organize(person, friend, stem, published);
  await talk(person, friend, stem);
  await leaveTraces(person, stem);
  return { stem, language, published, person, friend };
}

const agent = (stem: string) => ({ "user-agent": `${stem}agent` });

async function writeProfile({ id, token }: Person, stem: string, language: string): Promise<void> {
  const update = (changes: object) =>
    dataOf(operation("UpdateProfile"), { input: changes }, { as: token, headers: agent(stem) });
  await update({ skills: [`${stem}old`], interests: [`${stem}older`] });
  await update({
    headline: `${stem}headline`,
    bio: `${stem}bio`,
    location: `${stem}place`,
    languages: ["en", language],
    skills: [`${stem}skill`],
    interests: [`${stem}interest`],
  });
  await dataOf(operation("ChangeLanguage"), { input: { language } }, { as: token });
  const known = "select from person where location = $1";
  await untilRows("matching", known, [`${stem}place`], 1);
  await dataOf(operation("MatchSuggestions"), {}, { as: token });
  await untilRows("messaging", "select from person where id = $1", [id], 1);
}

async function organize(
  { token }: Person,
  friend: Person,
  stem: string,
  published: string,
): Promise<void> {
  const draft = await anEvent(token, {
    title: `${stem}title`,
    description: `${stem}description`,
    venue: `${stem}venue`,
    onlineUrl: `https://${stem}online.test/`,
    idempotencyKey: `${stem}key`,
    tags: [`${stem}tag`.slice(0, 40)],
    isDraft: true,
  });
  const options = [`${stem}option`];
  const file = {
    fileName: `${stem}cover`,
    contentType: "image/png",
    bytes: 1,
    sha256: "0".repeat(64),
  };
  await mutate("CreateCoverUpload", { token }, { eventId: draft, file });
  await questionsOf(token, draft, [{ kind: "CHOICE", text: `${stem}question`, options }]);
  await aTicketType(token, draft, { name: `${stem}type`, description: `${stem}detail` });
  const own = await anEvent(token, { title: published, startsInMs: 2 * 3_600_000 });
  const { codes } = await ticketsFor(friend, own);
  const written = { eventId: own, nonce: `${stem}nonce`, gate: `${stem}gate`.slice(0, 40) };
  await scan(token, { ...written, code: codes[0] ?? "" });
  await mutate("AddWalkIn", { token }, { ...written, label: `${stem}label` });
  const other = await anEvent(friend.token);
  const [questionId = ""] = await questionsOf(friend.token, other, [
    { kind: "TEXT", text: "Why?" },
  ]);
  const answers = [{ questionId, text: `${stem}answer` }];
  await aRegistration(token, other, { idempotencyKey: `${stem}key`, answers });
  const closed = await anEvent(friend.token, { isApprovalRequired: true });
  const { id: registrationId } = await aRegistration(token, closed);
  await mutate("DeclineRegistration", friend, { registrationId, note: `${stem}note` });
}

async function talk(person: Person, friend: Person, stem: string): Promise<void> {
  const { token } = person;
  const own = await aGroup(person, [], `${stem}group`);
  const description = `${stem}description`;
  await mutate("UpdateConversation", person, { conversationId: own, description });
  const group = await aGroup(friend, [person], "Of us all");
  const draft = { conversationId: group, body: `${stem}draft`, expectedVersion: 0 };
  await mutate("SaveDraft", person, draft);
  const message = await aMessage(person, group, `${stem}first`);
  await mutate("EditMessage", person, { messageId: message.id, body: `${stem}second` });
  await send(person, group, `${stem}third`, { clientMessageId: `${stem}client` });
  await beginFiles(person, group, `${stem}file`);
  const answer = await aMessage(friend, group, "An answer");
  await mutate("AddReaction", person, { messageId: answer.id, emoji: "🎉" });
  await mutate("OpenDirectConversation", person, { userId: friend.id });
  const socket = await connect({ as: token, subscriberId: `${stem}tab` });
  const inbox = socket.subscribe(operation("InboxEvents"));
  await socket.next(inbox);
  await aMessage(friend, group, "Another answer");
  await socket.next(inbox);
  const marks = "select from subscriber_mark where subscriber_id = $1 limit 1";
  await untilRows("messaging", marks, [`${stem}tab`], 1);
  socket.close();
}

/** Files that were begun: their names are kept. */
async function beginFiles(person: Person, conversationId: string, fileName: string) {
  const file = { fileName, contentType: "image/png", bytes: 1, sha256: "0".repeat(64) };
  await mutate("CreateAttachmentUpload", person, { conversationId, file });
  await mutate("CreateConversationPictureUpload", person, { conversationId, file });
  await mutate("CreateAvatarUpload", person, { file });
}

/** The places that only failures fill: dead letters, and work that waits for long. */
async function leaveTraces({ id }: Person, stem: string): Promise<void> {
  for (const subgraph of SUBGRAPHS) {
    await withDatabase(subgraph, async (client) => {
      const payload = JSON.stringify({ userId: id, note: `${stem}letter` });
      await client.query(
        `insert into dead_letter (source, position, topic, key, version, payload, error, created_at)
         values ('users', 1, 'users.profile.changed.v1', $1, 1, $2, $3, now())`,
        [`${id} ${stem}key`, payload, `failed with ${stem}error`],
      );
      await client.query(
        `insert into job (id, kind, key, payload, priority, run_at, due_at, created_at)
         values ($1, 'test.unknown', $2, $3, 1, now(), now() + interval '1 day', now())`,
        [newId(), `${id} ${stem}job ${randomUUID()}`, payload],
      );
    });
  }
}

/** The places of a word: columns as `subgraph/table.column`, keys of Redis, files of logs. */
export async function whereIs(word: string): Promise<{
  readonly columns: readonly string[];
  readonly redis: readonly string[];
  readonly logs: readonly string[];
}> {
  const columns = await Promise.all(
    SUBGRAPHS.map(async (subgraph) =>
      (await placesOf(subgraph, word)).map((place) => `${subgraph}/${place}`),
    ),
  );
  const has = (text: string) => text.toLowerCase().includes(word);
  const folder = join(stack().dataDir, "logs");
  const files = readdirSync(folder).filter((name) => has(readFileSync(join(folder, name), "utf8")));
  return { columns: columns.flat(), redis: (await dumpOfRedis()).filter(has), logs: files };
}
