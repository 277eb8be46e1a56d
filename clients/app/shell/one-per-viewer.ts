// State of a tab that belongs to one person: the next person gets another one.

/** The same object as long as the same person asks. */
export function onePerViewer<State>(create: (viewerId: string) => State) {
  let current: { readonly viewerId: string; readonly state: State } | null = null;
  return (viewerId: string): State => {
    if (current?.viewerId !== viewerId) current = { viewerId, state: create(viewerId) };
    return current.state;
  };
}
