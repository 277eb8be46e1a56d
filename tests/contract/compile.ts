// Compiles texts as files of an app that uses our packages, with the settings of an app: types of
// browsers, a bundler, no types of Node. It writes nothing.
import { posix } from "node:path";
import ts from "typescript";
import { projectFile } from "./project.ts";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noUncheckedIndexedAccess: true,
  types: [],
};

/** A folder of an app that does not exist; it finds the packages of the project. */
const FOLDER = projectFile("clients/an-app");

let last: ts.Program | undefined;

/** The faults of files, given by name and text, that may import each other. */
export function faultsOf(
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): string[] {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [posix.join(FOLDER, name), text]),
  );
  const host = ts.createCompilerHost({ ...OPTIONS, ...options });
  const { fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) =>
    path === FOLDER || (directoryExists ? directoryExists(path) : true);
  host.getCurrentDirectory = () => FOLDER;
  const { getSourceFile } = host;
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version);
    // Files of packages do not change in between, and most of the time is for them.
    return last?.getSourceFile(path) ?? getSourceFile(path, version, ...rest);
  };
  const program = ts.createProgram([...texts.keys()], { ...OPTIONS, ...options }, host);
  last = program;
  return ts.getPreEmitDiagnostics(program).map(faultOf);
}

function faultOf({ file, start = 0, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  if (!file) return text;
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  const name = posix.relative(FOLDER, file.fileName);
  return `${name}:${line} ${text}`;
}
