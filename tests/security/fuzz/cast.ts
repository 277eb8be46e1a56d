// The people of a run and their things. They are new, so that successful mutations change nothing
// of others.
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

export interface Cast {
  /** Access tokens by name. "nobody" has none. */
  readonly tokens: Readonly<Record<string, string | undefined>>;
  /** Ids of the people's things, of every kind. */
  readonly ids: readonly string[];
  /** Texts that must not be in any answer or log. */
  readonly secrets: readonly string[];
}

const ADMIN = {
  roles: ["USER", "ORGANIZER", "MODERATOR", "ADMIN"],
  scopes:
    "profile:write registrations:write messages:write events:write moderation:write admin".split(
      " ",
    ),
};
const DAYS_MS = 86_400_000;

interface Opened {
  readonly conversation: { readonly id: string };
}

/** Signs three people up, with an event, registrations, conversations and messages. */
export async function gatherCast(): Promise<Cast> {
  const people = await Promise.all([aPerson("Ada"), aPerson("Grace"), aPerson("Alma")]);
  const [ada, grace, admin] = people;
  const later = { startsInMs: 3_000 * DAYS_MS, tags: ["probed"] };
  const eventId = await anEvent(ada.token, later);
  const draftId = await anEvent(ada.token, { ...later, isDraft: true });
  const registration = await aRegistration(grace.token, eventId);
  const as = { as: ada.token };
  const memberIds = [grace.id];
  const { openDirectConversation: direct } = await dataOf<{ openDirectConversation: Opened }>(
    operation("OpenDirectConversation"),
    { input: { userId: grace.id } },
    as,
  );
  const { createGroupConversation: group } = await dataOf<{ createGroupConversation: Opened }>(
    operation("CreateGroupConversation"),
    { input: { title: "Probed", memberIds } },
    as,
  );
  const conversations = [direct, group].map(({ conversation }) => conversation.id);
  const messages = await Promise.all(
    conversations.map(async (conversationId, at) => {
      const input = { conversationId, clientMessageId: `first-${at}`, body: "Hello" };
      const { sendMessage } = await dataOf<{ sendMessage: { message: { id: string } } }>(
        operation("SendMessage"),
        { input },
        as,
      );
      return sendMessage.message.id;
    }),
  );
  return {
    tokens: {
      nobody: undefined,
      ada: ada.token,
      grace: grace.token,
      admin: await accessToken({ userId: admin.id, ...ADMIN }),
    },
    ids: [
      ...people.map(({ id }) => id),
      eventId,
      draftId,
      registration.id,
      ...conversations,
      ...messages,
    ],
    secrets: people.flatMap(({ password, token, refreshToken }) => [password, token, refreshToken]),
  };
}
