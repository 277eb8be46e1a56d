// Guarantees about merging answers: a hostile subgraph changes no object but its own.
import { describe, expect, it } from "vitest";
import { copyJson } from "../upstream/copy.ts";
import { type Data, merge } from "./data.ts";

const HOSTILE = '{"id":"1","__proto__":{"isAdmin":true},"list":[{"__proto__":{"isAdmin":true}}]}';

describe("a key __proto__ in an answer", () => {
  it("changes neither the tree nor the prototype of all objects when it is merged", () => {
    const tree: Data = { id: "1", list: [{}] };
    merge(tree, JSON.parse(HOSTILE));
    expect(JSON.stringify(tree)).toBe('{"id":"1","list":[{}]}');
    expect(({} as { readonly isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it("sets no prototype when it is copied", () => {
    const copy = copyJson(JSON.parse(HOSTILE));
    expect(copy).toEqual({ id: "1", list: [{}] });
    expect(copy.isAdmin).toBeUndefined();
  });
});
