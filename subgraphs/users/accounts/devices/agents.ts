// Reads the name of a browser and of a system in a `User-Agent` header, which clients choose
// freely. Only names that the library knows count, so that nobody can write a text of theirs into
// a list or a mail of another person.
import Bowser from "bowser";

export type AgentKind = "PHONE" | "TABLET" | "COMPUTER" | "UNKNOWN";

export interface Agent {
  readonly kind: AgentKind;
  /** As its maker writes it: `Firefox`. */
  readonly browser: string | null;
  /** `macOS`, `Android`. */
  readonly system: string | null;
}

export const UNKNOWN_AGENT: Agent = { kind: "UNKNOWN", browser: null, system: null };

const KINDS: Readonly<Record<string, AgentKind>> = {
  mobile: "PHONE",
  tablet: "TABLET",
  desktop: "COMPUTER",
};
const BROWSERS = new Set<string>(Object.values(Bowser.BROWSER_MAP));
const SYSTEMS = new Set<string>(Object.values(Bowser.OS_MAP));

export function agentOf(userAgent: string | null): Agent {
  // The library throws for an empty text.
  if (!userAgent) return UNKNOWN_AGENT;
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    kind: KINDS[platform.type ?? ""] ?? "UNKNOWN",
    browser: BROWSERS.has(browser.name ?? "") ? (browser.name ?? null) : null,
    system: SYSTEMS.has(os.name ?? "") ? (os.name ?? null) : null,
  };
}
