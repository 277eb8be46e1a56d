// The frame of every page: header, state of the connection, and the page's own content.
import { NewerBuildLater } from "@meetinity/ui/offline/newer-build-later.tsx";
import { ConnectionBanner } from "@meetinity/ui/shell/connection-banner.tsx";
import frame from "@meetinity/ui/shell/frame.module.css";
import { MainMenu } from "@meetinity/ui/shell/main-menu.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Overlays } from "@meetinity/ui/shell/overlays.tsx";
import { announceIn } from "@meetinity/ui/shell/page-focus.ts";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { client } from "./client.ts";
import { leftFrom } from "./first-steps.ts";
import { Navigation } from "./navigation.tsx";
import styles from "./shell.module.css";

const loadItems = () =>
  import("./personal-items.tsx").then(({ PersonalItems }) => ({ default: PersonalItems }));
const PersonalItems = lazy(loadItems);

/** Without a network it may be missing. */
const Bell = lazy<ComponentType<{ readonly viewerId: string }>>(() =>
  import("./bell/bell.tsx").then(
    ({ Bell: Part }) => ({ default: Part }),
    () => ({ default: () => null }),
  ),
);

const UnconfirmedStrip = lazy(() =>
  import("./address/strip.tsx").then(({ UnconfirmedStrip: Strip }) => ({ default: Strip })),
);

const WayBack = lazy(() =>
  import("./way-back.tsx").then(({ WayBack: Strip }) => ({ default: Strip })),
);

/** It is shown without a network: then the service worker has it, or nobody. */
const PageAge = lazy<ComponentType>(() =>
  import("../offline/page-age.tsx").then(
    ({ PageAge: Part }) => ({ default: Part }),
    () => ({ default: () => null }),
  ),
);

export function Shell() {
  const { t } = useTranslation("shell");
  const { viewerId, isEmailVerified } = useObservable(client.session);
  const isUnconfirmed = isEmailVerified === false;
  const isOnEvents = useLocation({ select: ({ pathname }) => pathname.startsWith("/events") });
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <a className={frame.skip} href="#content">
          {t("skipToContent")}
        </a>
        <Link className={frame.brand} to="/">
          <img src="/app/icon.svg" alt="" />
          Meetinity
        </Link>
        {viewerId !== null && (
          <Suspense>
            <Bell viewerId={viewerId} />
          </Suspense>
        )}
        <MainMenu loadItems={loadItems}>
          <PersonalItems />
        </MainMenu>
        <p ref={announceIn} aria-live="polite" className="hidden-visually" />
      </header>
      <div className={styles.banners}>
        <ConnectionBanner>
          <Suspense>
            <PageAge />
          </Suspense>
        </ConnectionBanner>
        <NewerBuildLater />
        <Suspense>{isUnconfirmed && <UnconfirmedStrip />}</Suspense>
        <Suspense>{isOnEvents && leftFrom() !== null && <WayBack />}</Suspense>
      </div>
      <Navigation />
      <main
        id="content"
        className={styles.main}
        tabIndex={-1}
        data-scrolls
        data-scroll-restoration-id="content"
      >
        <Outlet />
      </main>
      <Overlays />
    </div>
  );
}
