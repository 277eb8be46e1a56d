// Words about the state of a thing. A colour is never all that tells it.
import type { Meta } from "@storybook/react-vite";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeTone } from "./badge.tsx";

const meta: Meta = { title: "Components/Badge" };
export default meta;

const TONES: readonly BadgeTone[] = ["good", "waiting", "bad", "quiet", "own"];

export function Tones() {
  const { t } = useTranslation("events");
  return TONES.map((tone) => (
    <Badge key={tone} tone={tone}>
      {t("status.CONFIRMED")}
    </Badge>
  ));
}
