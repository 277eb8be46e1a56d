// The pages behind the first one of a group's details.
import type { ConversationState } from "@meetinity/client";

/** The keys of their titles. */
export const TITLES = {
  settings: "settings.title",
  adding: "adding.title",
  invites: "invites.title",
} as const;

export type PageName = keyof typeof TITLES;

export interface GroupPageProps {
  readonly conversationId: string;
  readonly state: ConversationState;
  /** Back to the first page. */
  readonly close: () => void;
}
