// Stories of lists and pages that have nothing to show.
import { NetworkError } from "@meetinity/client";
import type { Meta } from "@storybook/react-vite";
import { CalendarDays } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { Skeleton, type SkeletonShape } from "./skeleton.tsx";
import { Empty, Failed, Loading } from "./state.tsx";

const meta: Meta = { title: "Components/States" };
export default meta;

const SHAPES: readonly SkeletonShape[] = ["events", "people", "event", "person", "form", "tickets"];

export function EmptyWithTheWayOn() {
  const { t } = useTranslation("discover");
  return (
    <Empty icon={CalendarDays} title={t("none")}>
      <p>{t("noneHint")}</p>
      <Button kind="primary">{t("all")}</Button>
    </Empty>
  );
}

export function FailedByTheServer() {
  return <Failed error={new Error("It failed.")} onRetry={() => {}} />;
}

export function FailedByTheNetwork() {
  const { t } = useTranslation("shell");
  const error = new NetworkError("No answer.");
  return <Failed heading={t("pageFailed")} error={error} onRetry={() => {}} />;
}

export function LoadingRows() {
  return <Loading rows={3} />;
}

export function Skeletons() {
  return SHAPES.map((shape) => <Skeleton key={shape} shape={shape} />);
}
