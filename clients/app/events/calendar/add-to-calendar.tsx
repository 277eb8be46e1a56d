// The button that offers to add an event to a calendar.
import { Button } from "@meetinity/ui/components/button.tsx";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { CalendarPlus } from "lucide-react";
import { lazy, Suspense, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EventShown } from "../event.ts";

const load = () =>
  import("./calendar-menu.tsx").then((module) => ({ default: module.CalendarMenu }));
const CalendarMenu = lazy(load);
/** A failure shows when the menu is opened. */
const loadAhead = () => void load().catch(() => {});

export function AddToCalendar({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("calendar");
  const { t: common } = useTranslation("shell");
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isLoaded, setLoaded] = useState(false);
  const [isOpen, setOpen] = useState(false);
  function open(): void {
    load().then(
      () => {
        setLoaded(true);
        setOpen(true);
      },
      () => sayFailure(common("errors.network")),
    );
  }
  return (
    <>
      <Button
        ref={button}
        isSmall
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onPointerEnter={loadAhead}
        onFocus={loadAhead}
        onClick={open}
      >
        <CalendarPlus aria-hidden="true" />
        {t("add")}
      </Button>
      <Suspense>
        {isLoaded && (
          <CalendarMenu id={id} event={event} anchor={button} isOpen={isOpen} setOpen={setOpen} />
        )}
      </Suspense>
    </>
  );
}
