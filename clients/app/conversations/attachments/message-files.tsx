// The place of files in a message. What shows them is loaded with the first message that has some;
// until then, and where it cannot be loaded, they are told in words.
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { type ComponentType, lazy, Suspense } from "react";
import { useReader } from "../log/reader.tsx";
import { describeFiles } from "./describe.ts";
import type { ShownFilesProps } from "./shown-files.tsx";

const load = withPageTexts(() => import("./shown-files.tsx"));

const ShownFiles = lazy<ComponentType<ShownFilesProps>>(() =>
  load().then(
    ({ ShownFiles: Loaded }) => ({ default: Loaded }),
    () => ({ default: InWords }),
  ),
);

export function MessageFiles(props: ShownFilesProps) {
  if (props.files.length === 0) return null;
  return (
    <Suspense fallback={<InWords {...props} />}>
      <ShownFiles {...props} />
    </Suspense>
  );
}

function InWords({ files }: ShownFilesProps) {
  const { t } = useReader();
  return <p dir="auto">{describeFiles(files, t)}</p>;
}
