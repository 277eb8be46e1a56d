// The mail about one notification, or about several at once.
import { z } from "zod";
import { type Links, mailKind } from "#kit/mail/kinds";
import { noticeKind, pathOf, policyOf, textOf } from "../kinds.ts";
import { UNSUBSCRIBE_PATH } from "../unsubscribing.ts";

const notice = z.object({
  kind: noticeKind,
  params: z.unknown(),
  otherName: z.string().nullable(),
});

const params = z.object({
  notices: z.array(notice).min(1),
  /** How many there are beside these. */
  more: z.int().min(0),
  /** Of the links that change preferences. */
  token: z.string(),
});

type Notice = z.output<typeof notice>;

const wordsOf = (language: "en" | "fr") => (given: Notice) => {
  const other = given.otherName === null ? null : { displayName: given.otherName };
  return textOf(given.kind, given.params, other, language);
};

/** The page of the only notice, or the list. */
const urlOf = (links: Links, [first, second]: readonly Notice[]) =>
  links.to(first && !second ? pathOf(first.params) : "/app/notifications");

/** A critical notice comes whatever is chosen, so no click promises to end it. */
const unsubscribe = (links: Links, notices: readonly Notice[], token: string) => {
  const isEnded = notices.some(({ kind }) => !policyOf(kind).isCritical);
  return {
    oneClickUrl: isEnded ? links.to(UNSUBSCRIBE_PATH, { token }) : null,
    pageUrl: links.to("/app/mail-preferences", { token }),
  };
};

export const noticeMail = mailKind("notices", params, {
  en: ({ notices, more, token }, links, { displayName }) => {
    const [first = "", ...others] = notices.map(wordsOf("en"));
    const isOne = others.length === 0;
    return {
      subject: isOne ? first.slice(0, -1) : `${notices.length + more} notifications for you`,
      lines: [
        `Hello ${displayName},`,
        ...[first, ...others],
        ...(more > 0 ? [`And ${more} more.`] : []),
      ],
      action: { label: "Open Meetinity", url: urlOf(links, notices) },
      unsubscribe: unsubscribe(links, notices, token),
    };
  },
  fr: ({ notices, more, token }, links, { displayName }) => {
    const [first = "", ...others] = notices.map(wordsOf("fr"));
    const isOne = others.length === 0;
    return {
      subject: isOne ? first.slice(0, -1) : `${notices.length + more} notifications pour vous`,
      lines: [
        `Bonjour ${displayName},`,
        ...[first, ...others],
        ...(more > 0 ? [`Et ${more} de plus.`] : []),
      ],
      action: { label: "Ouvrir Meetinity", url: urlOf(links, notices) },
      unsubscribe: unsubscribe(links, notices, token),
    };
  },
});
