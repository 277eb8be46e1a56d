// Saves all registrations of an event as a file, by a link that works once.
import { useMutation } from "@apollo/client/react";
import { CreateRegistrationsExportDocument } from "@meetinity/client/documents";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export function ExportButton({ eventId }: { readonly eventId: string }) {
  const { t } = useTranslation("board");
  const { t: common } = useTranslation("shell");
  const [create] = useMutation(CreateRegistrationsExportDocument);
  const [isBusy, setBusy] = useState(false);
  async function save(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const { data } = await create({ variables: { input: { eventId } } });
      const made = data?.createRegistrationsExport;
      // An attachment: the browser saves it and stays on this page.
      if (made?.__typename === "CreateRegistrationsExportSuccess") location.assign(made.path);
    } catch (error) {
      sayFailure(explain(error, common));
    }
    setBusy(false);
  }
  return (
    <Button isSmall aria-disabled={isBusy} onClick={() => void save()}>
      <Download aria-hidden="true" size={16} />
      {t("export")}
    </Button>
  );
}
