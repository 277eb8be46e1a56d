// The categories in which people choose how they are told, and what comes without a choice.
import type { NotificationCategory, NotificationChannel } from "../generated/prisma/enums.ts";

/** Whether each channel brings what happens in a category. */
export type Channels = Readonly<Record<NotificationChannel, boolean>>;

export const CATEGORIES: Readonly<Record<NotificationCategory, Channels>> = {
  REGISTRATIONS: { EMAIL: true, PUSH: true },
  EVENTS: { EMAIL: true, PUSH: true },
  REMINDERS: { EMAIL: true, PUSH: true },
  ANNOUNCEMENTS: { EMAIL: true, PUSH: true },
  MATCHES: { EMAIL: true, PUSH: true },
  MESSAGES: { EMAIL: false, PUSH: true },
  MENTIONS: { EMAIL: true, PUSH: true },
  REACTIONS: { EMAIL: false, PUSH: false },
  INVITATIONS: { EMAIL: true, PUSH: true },
  // Accounts send mails of their own, whatever is chosen here.
  ACCOUNT: { EMAIL: false, PUSH: true },
};

/** All categories, as lists show them. */
export const CATEGORY_NAMES = Object.keys(CATEGORIES) as readonly NotificationCategory[];
