// Which message has a thread. Pure.

export type RootVerdict = { readonly kind: "root" | "nested" };

/** Judges a message that a person names as the first of a thread: a reply of a thread is none. */
export function judgeRoot({ threadRootId }: { readonly threadRootId: string | null }): RootVerdict {
  return { kind: threadRootId === null ? "root" : "nested" };
}
