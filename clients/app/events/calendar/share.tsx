// The button that passes an event on: by the device's own sheet where there is one, else by the
// address in the clipboard.
import { Button } from "@meetinity/ui/components/button.tsx";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Share2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { addressOf } from "./calendar-event.ts";

interface ShareProps {
  readonly event: { readonly id: string; readonly title: string };
}

export function Share({ event: { id, title } }: ShareProps) {
  const { t } = useTranslation("calendar");
  async function share(): Promise<void> {
    const shared = { title, url: addressOf(id) };
    if (navigator.canShare?.(shared)) {
      // Somebody who closes the sheet shares nothing.
      const isGivenUp = await navigator.share(shared).then(
        () => true,
        (error: unknown) => error instanceof DOMException && error.name === "AbortError",
      );
      if (isGivenUp) return;
    }
    await navigator.clipboard.writeText(shared.url).then(
      () => say(t("copied")),
      () => sayFailure(t("notCopied")),
    );
  }
  return (
    <Button isSmall onClick={() => void share()}>
      <Share2 aria-hidden="true" />
      {t("share")}
    </Button>
  );
}
