// The search parameters of addresses. They are untrusted: anybody can make a link.
import { defaultParseSearch } from "@tanstack/react-router";

/** Where to go after signing in, inside the app. */
interface Origin {
  readonly to?: string;
}

export function originOf({ to }: Record<string, unknown>): Origin {
  // Two slashes would lead to another site.
  return typeof to === "string" && /^\/(?!\/)/.test(to) ? { to } : {};
}

/** A path of the app, which may have search parameters, for navigations. Default: home. */
export function placeOf(path = "/"): { readonly to: "/"; readonly search: object } {
  const [pathname = "/", search = ""] = path.split("?", 2);
  // It is any page of the app, and none that the types of the router know.
  return { to: pathname as "/", search: defaultParseSearch(search) };
}

/** For people who have just signed up: the first steps follow. */
export function newcomerOf({ isNew }: Record<string, unknown>): { readonly isNew?: true } {
  return isNew === true ? { isNew } : {};
}

/** Untrusted: the page shows a date, or none. */
export function untilOf({ until }: Record<string, unknown>): { readonly until?: string } {
  return typeof until === "string" ? { until } : {};
}
