// Joins the pages of a connection into one list: in order, without repeats and without holes. It
// does not import Apollo Client.

/** An edge as a cache stores it. */
export interface Edge {
  readonly cursor?: string;
  readonly node?: unknown;
}

export interface PageInfo {
  readonly hasNextPage?: boolean;
  readonly hasPreviousPage?: boolean;
  readonly startCursor?: string | null;
  readonly endCursor?: string | null;
}

/** A page, or a list of joined pages. Fields that a document does not select are absent. */
export interface Pages {
  readonly edges?: readonly Edge[];
  readonly pageInfo?: PageInfo;
}

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Equal for edges with the same node; undefined when only the cursor tells them apart. */
export type NodeKey = (edge: Edge) => string | undefined;

/**
 * The list with a page that was read behind `after` or before `before`. A page with neither
 * replaces the list, and so does any page if the list is empty. A page that does not touch the list
 * is left out: there would be a hole.
 */
export function joinPage<Stored extends Pages>(
  list: Stored | undefined,
  page: Stored,
  { after, before }: PageArguments,
  nodeKey: NodeKey,
): Stored {
  if (!list?.edges?.length || !(after || before)) return page;
  const cut = after ? cutBehind(list, after) : cutBefore(list, before ?? "");
  if (cut === null) return list;
  const keyOf = (edge: Edge) => nodeKey(edge) ?? edge.cursor ?? edge;
  const edges = page.edges ?? [];
  const keys = edges.map(keyOf);
  const again = new Set(keys);
  // An edge that comes again has moved: it stays where the page has it.
  const withoutMoved = (some: readonly Edge[]) => some.filter((edge) => !again.has(keyOf(edge)));
  const [start, end] = [list.edges.slice(0, cut), list.edges.slice(cut)];
  // The far side of the page is known only as far as the page reaches into it.
  if (after) {
    const met = end.map(keyOf).indexOf(keys.at(-1) ?? "");
    const later = met < 0 ? [] : withoutMoved(end.slice(met + 1));
    const last = edges.length > 0 ? page : { pageInfo: { ...page.pageInfo, endCursor: after } };
    const joined = [...withoutMoved(start), ...edges, ...later];
    return withEdges(page, joined, { start: list, end: later.length > 0 ? list : last });
  }
  const met = start.map(keyOf).indexOf(keys[0] ?? "");
  const earlier = withoutMoved(start.slice(0, Math.max(met, 0)));
  const startCursor = before ?? null;
  const first = edges.length > 0 ? page : { pageInfo: { ...page.pageInfo, startCursor } };
  const joined = [...earlier, ...edges, ...withoutMoved(end)];
  return withEdges(page, joined, { start: earlier.length > 0 ? list : first, end: list });
}

/** Whether the list has what a page with these arguments would show, or at least its beginning. */
export function hasPage(list: Pages, { first, after, last, before }: PageArguments): boolean {
  const { edges = [], pageInfo } = list;
  if (after) {
    const cut = cutBehind(list, after);
    return cut !== null && (cut < edges.length || pageInfo?.hasNextPage === false);
  }
  if (before) {
    const cut = cutBefore(list, before);
    return cut !== null && (cut > 0 || pageInfo?.hasPreviousPage === false);
  }
  if (last) return pageInfo?.hasNextPage !== true;
  return !first || pageInfo?.hasPreviousPage !== true;
}

/** How many edges the list has up to a cursor; null when the cursor is not in it. */
function cutBehind({ edges = [], pageInfo }: Pages, cursor: string): number | null {
  const at = edges.findIndex((edge) => edge.cursor === cursor);
  if (at >= 0) return at + 1;
  return pageInfo?.endCursor === cursor ? edges.length : null;
}

/** How many edges come before a cursor; null when the cursor is not in the list. */
function cutBefore({ edges = [], pageInfo }: Pages, cursor: string): number | null {
  const at = edges.findIndex((edge) => edge.cursor === cursor);
  if (at >= 0) return at;
  return pageInfo?.startCursor === cursor ? 0 : null;
}

/** The page with other edges, and the page info of what has their start and their end. */
function withEdges<Stored extends Pages>(
  page: Stored,
  edges: readonly Edge[],
  { start, end }: { readonly start: Pages; readonly end: Pages },
): Stored {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor, ...others } = page.pageInfo ?? {};
  const pageInfo = {
    ...others,
    ...pick(start.pageInfo, "hasPreviousPage", "startCursor"),
    ...pick(end.pageInfo, "hasNextPage", "endCursor"),
  };
  return { ...page, edges, pageInfo };
}

function pick(info: PageInfo | undefined, ...names: readonly (keyof PageInfo)[]): PageInfo {
  return Object.fromEntries(
    names.flatMap((name) => (info?.[name] === undefined ? [] : [[name, info[name]]])),
  );
}
