import { type FormEvent, useState } from "react";
import { send } from "../../api/client";
import { useUser } from "../../api/session";
import type { Region } from "../../api/types";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Field, Input } from "../../components/Field";
import { messageOf } from "../../components/FormDialog";
import { codeFor } from "../../lib/code";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { useRegions, useStoresChanged } from "./queries";
import styles from "./Stores.module.css";

/** Renames regions where they stand, and adds one. */
export function RegionsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("stores");
  const { scope } = useUser();
  const regions = useRegions().data?.items ?? [];
  const changed = useStoresChanged();
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = async (run: () => Promise<unknown>) => {
    try {
      await run();
      setFailure(null);
      await changed();
    } catch (error) {
      setFailure(messageOf(error, t("components:error.unreachable")));
    }
  };
  const rename = (region: Region, name: string) => {
    if (name && name !== region.name)
      void attempt(() => send("PUT", `/regions/${encodeURIComponent(region.code)}`, { name }));
  };
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name")).trim();
    void attempt(async () => {
      await send("POST", "/regions", { code: codeFor(name), name });
      form.reset();
    });
  };
  return (
    <Dialog
      open
      title={t("regions.title")}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("components:close")}</Button>}
    >
      {failure && (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
      <ul className={styles.regions}>
        {regions.map((region) => (
          <li key={region.code}>
            <Input
              aria-label={t("regions.name", { code: region.code })}
              defaultValue={region.name}
              onBlur={(event) => rename(region, event.target.value.trim())}
              onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
            />
            <code>{region.code}</code>
            <span className="muted">
              {t("stores", { count: region.stores, number: formatNumber(region.stores) })}
            </span>
          </li>
        ))}
      </ul>
      {scope.kind === "all" && (
        <form className={styles.add} onSubmit={add}>
          <Field label={t("regions.new")}>{(control) => <Input {...control} name="name" required />}</Field>
          <Button type="submit" icon="plus">
            {t("regions.add")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
