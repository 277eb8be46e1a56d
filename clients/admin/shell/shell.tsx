// The frame of every page: header, navigation, and the page's own content.
import { NewerBuildLater } from "@meetinity/ui/offline/newer-build-later.tsx";
import { ConnectionBanner } from "@meetinity/ui/shell/connection-banner.tsx";
import frame from "@meetinity/ui/shell/frame.module.css";
import { MainMenu } from "@meetinity/ui/shell/main-menu.tsx";
import { Overlays } from "@meetinity/ui/shell/overlays.tsx";
import { announceIn } from "@meetinity/ui/shell/page-focus.ts";
import { Link, Outlet } from "@tanstack/react-router";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { Navigation } from "./navigation.tsx";
import styles from "./shell.module.css";
import { useViewerState } from "./viewer.ts";

const loadItems = () =>
  import("./personal-items.tsx").then(({ PersonalItems }) => ({ default: PersonalItems }));
const PersonalItems = lazy(loadItems);

export function Shell() {
  const { t } = useTranslation("shell");
  const { viewer } = useViewerState();
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <a className={frame.skip} href="#content">
          {t("skipToContent")}
        </a>
        <Link className={frame.brand} to="/">
          <img src="/admin/icon.svg" alt="" />
          Meetinity
          <span className={styles.portal}>{t("portal")}</span>
        </Link>
        <div className={styles.person}>
          {viewer && (
            <span dir="auto" className={styles.name}>
              {viewer.displayName}
            </span>
          )}
          <MainMenu loadItems={loadItems}>
            <PersonalItems />
          </MainMenu>
        </div>
        <p ref={announceIn} aria-live="polite" className="hidden-visually" />
      </header>
      <div className={styles.banners}>
        <ConnectionBanner />
        <NewerBuildLater />
      </div>
      <div className={styles.body}>
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
      </div>
      <Overlays />
    </div>
  );
}
