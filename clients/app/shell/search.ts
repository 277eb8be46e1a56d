// The search parameters of addresses. They are untrusted: anybody can make a link.

/** Where to go after signing in, inside the app. */
interface Origin {
  readonly to?: string;
}

export function originOf({ to }: Record<string, unknown>): Origin {
  // Two slashes would lead to another site.
  return typeof to === "string" && /^\/(?!\/)/.test(to) ? { to } : {};
}

/** Untrusted: the page shows a date, or none. */
export function untilOf({ until }: Record<string, unknown>): { readonly until?: string } {
  return typeof until === "string" ? { until } : {};
}
