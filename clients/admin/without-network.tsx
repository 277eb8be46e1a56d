// In place of a page that failed. The door of an event works without the network, with what the
// browser has kept.
import { Loading } from "@meetinity/ui/components/state.tsx";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";
import { PageFailed } from "@meetinity/ui/shell/page-failed.tsx";
import { type ErrorComponentProps, useLocation } from "@tanstack/react-router";
import { Suspense } from "react";

const OfflineDoor = lazyPage(
  withPageTexts(() => import("./events/door/offline-door.tsx")),
  "OfflineDoor",
);

/** The event whose door is at a path of the portal; null for other pages. */
export function doorAt(pathname: string): string | null {
  return /^\/events\/([^/]+)\/door\/?$/.exec(pathname)?.[1] ?? null;
}

export function Failure(props: ErrorComponentProps) {
  const eventId = useLocation({ select: ({ pathname }) => doorAt(pathname) });
  if (eventId === null) return <PageFailed {...props} />;
  return (
    <Suspense fallback={<Loading />}>
      <OfflineDoor eventId={eventId} {...props} />
    </Suspense>
  );
}
