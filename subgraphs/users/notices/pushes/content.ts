// The push about one notification, or about several at once.
import type { MailLanguage } from "#kit/mail/layout";
import type { PushContent } from "#kit/push/push";
import type { DueDelivery } from "../delivery/store.ts";
import { noticeKind, pathOf, tagOf, textOf } from "../kinds.ts";

type Told = Pick<DueDelivery, "kind" | "params" | "otherName">;

interface Wish {
  readonly language: MailLanguage;
  /** Whether it says who and what. */
  readonly hasDetails: boolean;
}

const TITLE = "Meetinity";

const COUNTED: Readonly<Record<MailLanguage, (count: number) => string>> = {
  en: (count) => (count === 1 ? "You have a new notification." : `${count} notifications for you.`),
  fr: (count) =>
    count === 1 ? "Vous avez une nouvelle notification." : `${count} notifications pour vous.`,
};

export function contentOf(told: readonly [Told, ...Told[]], wish: Wish): PushContent {
  const [first, ...others] = told;
  if (others.length > 0) {
    const body = COUNTED[wish.language](told.length);
    return { title: TITLE, body, path: "/app/notifications", tag: "notifications" };
  }
  const { kind, params, otherName } = first;
  const other = otherName === null ? null : { displayName: otherName };
  return {
    title: TITLE,
    body: wish.hasDetails
      ? textOf(noticeKind.parse(kind), params, other, wish.language)
      : COUNTED[wish.language](1),
    path: pathOf(params),
    tag: tagOf(kind, params),
  };
}
