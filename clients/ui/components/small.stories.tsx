// Small parts: chips, counts, the mark of people whose name is verified, and the end of a list that
// grows.
import type { Meta } from "@storybook/react-vite";
import { useTranslation } from "react-i18next";
import { Chip } from "./chip.tsx";
import { CountBadge } from "./count-badge.tsx";
import { InfiniteEnd } from "./infinite-end.tsx";
import { VerifiedBadge } from "./verified-badge.tsx";

const meta: Meta = { title: "Components/Small parts" };
export default meta;

export function Verified() {
  return (
    <h2 dir="auto">
      Grace Hopper
      <VerifiedBadge isVerified />
    </h2>
  );
}

export function EndOfList() {
  const { t } = useTranslation("discover");
  return (
    <InfiniteEnd hasMore={false} loadMore={async () => {}}>
      {t("end")}
    </InfiniteEnd>
  );
}

export function MoreOnItsWay() {
  return (
    <InfiniteEnd hasMore loadMore={() => new Promise(() => {})}>
      {null}
    </InfiniteEnd>
  );
}

export function MoreFailed() {
  const fail = async () => {
    throw new Error("It failed.");
  };
  return (
    <InfiniteEnd hasMore loadMore={fail}>
      {null}
    </InfiniteEnd>
  );
}

export function Chips() {
  const { t } = useTranslation("events");
  return (
    <>
      <Chip isOn={false}>{t("about")}</Chip>
      <Chip isOn>{t("about")}</Chip>
      <Chip isOn={false} count={12}>
        ערב ראשון – React
      </Chip>
    </>
  );
}

export function Counts() {
  const { t } = useTranslation("conversations");
  return [1, 12, 120].map((count) => (
    <CountBadge key={count} count={count} label={t("inbox.unread", { count })} />
  ));
}
