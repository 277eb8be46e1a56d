// The details of a conversation, as its pages of messages and of members tell them.
import type { ConversationPage } from "./messages.ts";

/** The part of a page that changes with the details of a group and its members. */
export type About = Pick<
  ConversationPage,
  | "title"
  | "pictureUrl"
  | "description"
  | "version"
  | "settings"
  | "sending"
  | "viewerRole"
  | "viewerRights"
>;

export function aboutOf(page: About): About {
  const { title, pictureUrl, description, version, settings } = page;
  const { sending, viewerRole, viewerRights } = page;
  return {
    ...{ title, pictureUrl, description, version, settings },
    ...{ sending, viewerRole, viewerRights },
  };
}
