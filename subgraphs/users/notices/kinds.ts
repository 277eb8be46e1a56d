// The kinds of notices, one entry for each: the category in which people choose its channels, how
// it is delivered, and its words. The compiler names what a new kind lacks.
import { z } from "zod";
import type { MailLanguage } from "#kit/mail/layout";
import { type NotificationCategory, NotificationKind } from "../generated/prisma/enums.ts";
import { CATEGORY_NAMES } from "./categories.ts";

export const noticeKind = z.enum(NotificationKind);

/** The parameters of a notice as they are stored: ids, and what its words need of an event. */
const anyParams = z.object({
  eventId: z.uuid().optional(),
  matchId: z.uuid().optional(),
  conversationId: z.uuid().optional(),
  isGroup: z.boolean().optional(),
  title: z.string().optional(),
  timeZone: z.string().optional(),
  startsAt: z.coerce.date().optional(),
  offerExpiresAt: z.coerce.date().nullish(),
});

export type NoticeParams = z.output<typeof anyParams>;

/** The other person of a notice, if it has one. */
interface Named {
  readonly displayName: string;
}

type Words = (params: NoticeParams, other: Named | null) => string;

interface Kind {
  readonly category: NotificationCategory;
  /** It comes at once, also in quiet hours and where its category is off. */
  readonly isCritical?: boolean;
  /** It concerns very many people at once, and waits behind everything else. */
  readonly isBulk?: boolean;
  /** After this instant it is worth nothing; null for never. */
  readonly validUntil?: (params: NoticeParams) => Date | null;
  /** How long its mail waits: what is read meanwhile is not sent. */
  readonly mailDelayMs?: number;
  readonly words: Readonly<Record<MailLanguage, Words>>;
}

const en = ({ title }: NoticeParams) => `“${title}”`;
/** The spaces inside do not break. */
const fr = ({ title }: NoticeParams) => `«\u00a0${title}\u00a0»`;

const somebody = (other: Named | null) => other?.displayName ?? "Somebody";
const quelquun = (other: Named | null) => other?.displayName ?? "Quelqu’un";

/** A message that is read meanwhile needs no mail. */
const MAIL_DELAY_MS = 15 * 60_000;

const LOCALES: Readonly<Record<MailLanguage, string>> = { en: "en-GB", fr: "fr-FR" };

/** In the zone of the event. */
function momentIn(
  language: MailLanguage,
  moment: Date | null | undefined,
  { timeZone }: NoticeParams,
): string {
  if (!moment) return "…";
  const format = { dateStyle: "long", timeStyle: "short", timeZone: timeZone ?? "UTC" } as const;
  return new Intl.DateTimeFormat(LOCALES[language], format).format(moment);
}

const untilIn = (language: MailLanguage, params: NoticeParams) =>
  momentIn(language, params.offerExpiresAt, params);

const KINDS: Readonly<Record<NotificationKind, Kind>> = {
  REGISTRATION_CONFIRMED: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `You are registered for ${en(params)}.`,
      fr: (params) => `Votre inscription à ${fr(params)} est confirmée.`,
    },
  },
  REGISTRATION_WAITLISTED: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `You are on the waitlist of ${en(params)}.`,
      fr: (params) => `Vous êtes sur la liste d’attente de ${fr(params)}.`,
    },
  },
  REGISTRATION_DECLINED: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `The organizer declined your registration for ${en(params)}.`,
      fr: (params) => `L’organisation a refusé votre inscription à ${fr(params)}.`,
    },
  },
  REGISTRATION_CANCELLED: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `The organizer cancelled your registration for ${en(params)}.`,
      fr: (params) => `L’organisation a annulé votre inscription à ${fr(params)}.`,
    },
  },
  SEAT_GIVEN: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `There was a free seat: you are registered for ${en(params)}.`,
      fr: (params) => `Une place s’est libérée\u00a0: vous avez une place à ${fr(params)}.`,
    },
  },
  SEAT_OFFERED: {
    category: "REGISTRATIONS",
    isCritical: true,
    validUntil: ({ offerExpiresAt }) => offerExpiresAt ?? null,
    words: {
      en: (params) => `A seat at ${en(params)} is kept for you until ${untilIn("en", params)}.`,
      fr: (params) =>
        `Une place à ${fr(params)} est gardée pour vous jusqu’au ${untilIn("fr", params)}.`,
    },
  },
  OFFER_LAPSING: {
    category: "REGISTRATIONS",
    isCritical: true,
    validUntil: ({ offerExpiresAt }) => offerExpiresAt ?? null,
    words: {
      en: (params) => `Your seat at ${en(params)} is kept only until ${untilIn("en", params)}.`,
      fr: (params) =>
        `Votre place à ${fr(params)} n’est gardée que jusqu’au ${untilIn("fr", params)}.`,
    },
  },
  OFFER_EXPIRED: {
    category: "REGISTRATIONS",
    words: {
      en: (params) => `The seat at ${en(params)} is not kept for you any more.`,
      fr: (params) => `La place à ${fr(params)} n’est plus gardée pour vous.`,
    },
  },
  EVENT_CHANGED: {
    category: "EVENTS",
    words: {
      en: (params) => `The time or the place of ${en(params)} has changed.`,
      fr: (params) => `L’heure ou le lieu de ${fr(params)} a changé.`,
    },
  },
  EVENT_CANCELLED: {
    category: "EVENTS",
    isCritical: true,
    words: {
      en: (params) => `${en(params)} is cancelled.`,
      fr: (params) => `${fr(params)} est annulé.`,
    },
  },
  EVENT_REMINDER: {
    category: "REMINDERS",
    validUntil: ({ startsAt }) => startsAt ?? null,
    words: {
      en: (params) => `${en(params)} begins on ${momentIn("en", params.startsAt, params)}.`,
      fr: (params) => `${fr(params)} commence le ${momentIn("fr", params.startsAt, params)}.`,
    },
  },
  MATCHED: {
    category: "MATCHES",
    words: {
      en: (_params, other) => `You and ${other?.displayName ?? "somebody"} are a match.`,
      fr: (_params, other) => `${other?.displayName ?? "Quelqu’un"} et vous formez un match.`,
    },
  },
  MESSAGE: {
    category: "MESSAGES",
    mailDelayMs: MAIL_DELAY_MS,
    words: {
      en: ({ isGroup }, other) =>
        `${somebody(other)} has written ${isGroup ? "in one of your groups" : "to you"}.`,
      fr: ({ isGroup }, other) =>
        `${quelquun(other)} ${isGroup ? "a écrit dans un de vos groupes" : "vous a écrit"}.`,
    },
  },
  MENTIONED: {
    category: "MENTIONS",
    mailDelayMs: MAIL_DELAY_MS,
    words: {
      en: (_params, other) => `${somebody(other)} has mentioned you in a group.`,
      fr: (_params, other) => `${quelquun(other)} vous a mentionné dans un groupe.`,
    },
  },
  CONVERSATION_REQUESTED: {
    category: "INVITATIONS",
    words: {
      en: (_params, other) => `${somebody(other)} would like to talk with you.`,
      fr: (_params, other) => `${quelquun(other)} aimerait discuter avec vous.`,
    },
  },
};

const USED: ReadonlySet<NotificationCategory> = new Set([
  ...Object.values(KINDS).map(({ category }) => category),
  // Of the mails of accounts, which are no kinds.
  "ACCOUNT",
]);

/** The categories that something is in, in the order of lists. */
export const USED_CATEGORIES = CATEGORY_NAMES.filter((category) => USED.has(category));

export type KindPolicy = Omit<Kind, "words" | "validUntil">;

/** How a kind is delivered. */
export function policyOf(kind: NotificationKind): KindPolicy {
  return KINDS[kind];
}

/** Until when a notice is worth something; null for ever. */
export function validityOf(kind: NotificationKind, params: unknown): Date | null {
  return KINDS[kind].validUntil?.(anyParams.parse(params)) ?? null;
}

/** The page of the app that a notice is about. */
export function pathOf(params: unknown): string {
  const { eventId, matchId, conversationId } = anyParams.parse(params);
  if (conversationId) return `/app/conversations/${conversationId}`;
  if (eventId) return `/app/events/${eventId}`;
  return matchId ? "/app/people/matches" : "/app/notifications";
}

/** On a device, a newer push of the same tag takes the place of this one. */
export function tagOf(kind: NotificationKind, params: unknown): string {
  const { eventId, matchId, conversationId } = anyParams.parse(params);
  return `${kind}:${conversationId ?? eventId ?? matchId ?? ""}`;
}

/** One sentence. */
export function textOf(
  kind: NotificationKind,
  params: unknown,
  other: Named | null,
  language: MailLanguage,
): string {
  return KINDS[kind].words[language](anyParams.parse(params), other);
}
