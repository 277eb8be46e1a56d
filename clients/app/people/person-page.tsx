// The card of a person.

export function PersonPage() {
  return null;
}
