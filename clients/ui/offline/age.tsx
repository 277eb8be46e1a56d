// How old what is shown is, where the network is missing.
import type { Seen } from "@meetinity/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAge } from "../i18n/age.ts";
import { useClient } from "../shell/client-context.ts";
import { useObservable } from "../shell/observe.ts";

/** A read that a screen shows: its name, and an id among its variables. */
export interface Shown {
  readonly name: string;
  readonly about?: string | undefined;
}

const TICK_MS = 20_000;

/** Nothing while nothing of it has been seen. */
export function Age({ of }: { readonly of: Shown | null }) {
  const { t } = useTranslation("shell");
  const at = useSeenAt(of);
  const now = useNow();
  const { i18n } = useTranslation();
  if (at === null) return null;
  const ago = formatAge(now - at, i18n.language);
  return <span>{ago === null ? t("seenNow") : t("seen", { ago })}</span>;
}

/** When it was true, in milliseconds since 1970: of its pages, the latest. */
function useSeenAt(of: Shown | null): number | null {
  const seen = useObservable(useClient().kept.seen);
  const times = of ? seen.filter((each) => isOf(each, of)).map(({ at }) => at) : [];
  return times.length > 0 ? Math.max(...times) : null;
}

function isOf({ name, variables }: Seen, of: Shown): boolean {
  return name === of.name && (!of.about || Object.values(variables).includes(of.about));
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
