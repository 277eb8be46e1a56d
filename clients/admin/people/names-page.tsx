// Names that look like those of verified people, for moderators to settle.
import { useMutation, useQuery } from "@apollo/client/react";
import { NameReviewsDocument, SettleNameReviewDocument } from "@meetinity/client/documents";
import type { NameDecision, NameReviewsQuery } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { SpellCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type List, listOf } from "../parts/list.ts";
import { ListFrame } from "../parts/list-frame.tsx";
import { Moment } from "../parts/moment.tsx";
import styles from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { PersonName } from "../parts/person-name.tsx";

type Connection = NameReviewsQuery["nameReviews"];
type Review = Connection["edges"][number]["node"];

export function NamesPage() {
  const { t } = useTranslation("people");
  const list = useReviews();
  const settle = useSettle();
  const [asked, setAsked] = useState<Review | null>(null);
  return (
    <Page title={t("names.title")} lead={t("names.lead")}>
      <ListFrame list={list} empty={<Empty icon={SpellCheck} title={t("names.none")} />}>
        {(reviews) => (
          <div className={styles.frame}>
            <table className={styles.table}>
              <caption className="hidden-visually">{t("names.title")}</caption>
              <Head />
              <tbody>
                {reviews.map((review) => (
                  <Row
                    key={review.id}
                    review={review}
                    onKeep={() => void settle(review, "KEEP")}
                    onReset={() => setAsked(review)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </ListFrame>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t("names.resetTitle", { name: asked?.user.displayName })}
        text={t("names.resetText")}
        confirm={t("names.reset")}
        onConfirm={() => {
          setAsked(null);
          if (asked) void settle(asked, "RESET");
        }}
        onCancel={() => setAsked(null)}
      />
    </Page>
  );
}

function Head() {
  const { t } = useTranslation("people");
  return (
    <thead>
      <tr>
        <th scope="col">{t("person")}</th>
        <th scope="col">{t("names.similarTo")}</th>
        <th scope="col">{t("names.since")}</th>
        <th scope="col">{t("names.decision")}</th>
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly review: Review;
  readonly onKeep: () => void;
  readonly onReset: () => void;
}

function Row({ review: { user, similarTo, createdAt }, onKeep, onReset }: RowProps) {
  const { t } = useTranslation("people");
  const { displayName: name } = user;
  return (
    <tr>
      <td>
        <PersonName person={user} />
      </td>
      <td data-label={t("names.similarTo")}>
        <PersonName person={similarTo} />
      </td>
      <td data-label={t("names.since")}>
        <Moment at={createdAt} />
      </td>
      <td>
        <span className={styles.buttons}>
          <Button isSmall aria-label={t("names.keepName", { name })} onClick={onKeep}>
            {t("names.keep")}
          </Button>
          <Button isSmall aria-label={t("names.resetName", { name })} onClick={onReset}>
            {t("names.reset")}
          </Button>
        </span>
      </td>
    </tr>
  );
}

function useReviews(): List<Review> {
  const { data, ...reading } = useQuery(NameReviewsDocument, {
    variables: { first: 25 },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  return listOf(data?.nameReviews as Connection | undefined, reading);
}

/** A review that is settled leaves the list, whoever settled it. */
function useSettle(): (review: Review, decision: NameDecision) => Promise<void> {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const [settle] = useMutation(SettleNameReviewDocument, { context: { isSafeToRepeat: true } });
  return async ({ id, user }, decision) => {
    await settle({
      variables: { input: { reviewId: id, decision } },
      update: (cache) => void cache.evict({ id: `NameReview:${id}` }),
    }).then(
      ({ data }) => {
        const isOther = data?.settleNameReview?.__typename === "NameReviewSettledProblem";
        if (isOther) return sayFailure(t("names.settledOtherwise"));
        say(t(`names.done.${decision}`, { name: user.displayName }));
      },
      (error: unknown) => sayFailure(explain(error, common)),
    );
  };
}
