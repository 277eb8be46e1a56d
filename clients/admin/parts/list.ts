// A connection of the graph as the rows of a screen, with the way to the next page.
interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

interface Reading {
  readonly error?: unknown;
  refetch(): Promise<unknown>;
  fetchMore(options: { readonly variables: { readonly after: string | null } }): Promise<unknown>;
}

export interface List<Node> {
  /** Null until the first page is there. */
  readonly rows: readonly Node[] | null;
  readonly error: unknown;
  retry(): void;
  /** Null at the end. */
  readonly loadMore: (() => Promise<void>) | null;
}

export function listOf<Node>(
  connection: Connection<Node> | null | undefined,
  { error, refetch, fetchMore }: Reading,
): List<Node> {
  const { hasNextPage = false, endCursor: after = null } = connection?.pageInfo ?? {};
  return {
    rows: connection?.edges.map(({ node }) => node) ?? null,
    error,
    // The error of the next try comes as state as well.
    retry: () => void refetch().catch(() => {}),
    loadMore: hasNextPage ? () => fetchMore({ variables: { after } }).then(() => {}) : null,
  };
}
