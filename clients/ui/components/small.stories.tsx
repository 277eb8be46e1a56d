// Small parts: the mark of people whose name is verified, and the end of a list that grows.
import type { Meta } from "@storybook/react-vite";
import { useTranslation } from "react-i18next";
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
