// Every column that can hold text of a person has a reviewed fate when their account is erased.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { subgraphNames } from "#kit/service/sdl";
import { PERSONAL_COLUMNS } from "../kit/personal-columns.ts";
import { projectFile } from "./project.ts";

const MODEL = /^model \w+ \{\n(.*?)^\}/gms;
const FIELD = /^ {2}(\w+)\s+(?:String|Json|Bytes)(?:\[\]|\?)?(?=\s|$)(.*)$/gm;

/** The columns of a Prisma schema that can hold any text, as `table.column`; ids cannot. */
function textColumnsOf(schema: string): string[] {
  return [...schema.matchAll(MODEL)].flatMap(([, body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return [...body.matchAll(FIELD)]
      .filter(([, , attributes = ""]) => !attributes.includes("@db.Uuid"))
      .map(([, field, attributes = ""]) => {
        return `${table}.${/ @map\("(\w+)"\)/.exec(attributes)?.[1] ?? field}`;
      });
  });
}

function schemaOf(subgraph: string): string {
  const folder = projectFile(`subgraphs/${subgraph}/prisma`);
  const files = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  return files.map((name) => readFileSync(`${folder}/${name}`, "utf8")).join("\n");
}

describe.each(subgraphNames())("every column of %s that can hold text", (subgraph) => {
  it("is named by tests/kit/personal-columns.ts, which names no other", () => {
    const columns = textColumnsOf(schemaOf(subgraph));
    expect(columns.length).toBeGreaterThan(10);
    expect(Object.keys(PERSONAL_COLUMNS[subgraph] ?? {}).sort()).toEqual(columns.sort());
  });
});

it("a new column is found, whatever its name, and an id is none", () => {
  const schema = `model Pet {
  id     String  @id @db.Uuid
  name   String
  /// Of its owner.
  phone  String? @map("owner_phone")
  tags   String[]
  owner  Owner
  photo  Bytes?
  age    Int

  @@map("pet")
}
`;
  expect(textColumnsOf(schema)).toEqual(["pet.name", "pet.owner_phone", "pet.tags", "pet.photo"]);
});
