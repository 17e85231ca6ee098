import { useState } from "react";
import { useUser } from "../../api/session";
import { Input } from "../../components/Field";
import { cx } from "../../lib/class";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";
import { useRegions, useStores } from "./queries";
import type { ViewControls } from "./useView";

const FILTER_FROM = 9;

export default function ScopeChoices({ controls, close }: { controls: ViewControls; close: () => void }) {
  const { t } = useTranslation("dashboard");
  const { view, open } = controls;
  const user = useUser();
  const [text, setText] = useState("");
  const stores = useStores().data?.items ?? [];
  const regions = useRegions().data?.items ?? [];
  const found = stores.filter((store) => store.name.toLowerCase().includes(text.toLowerCase()));
  const choose = (reg?: string, mag?: string) => {
    open({ reg, mag });
    close();
  };
  return (
    <div className={styles.list}>
      {stores.length >= FILTER_FROM && (
        <Input
          type="search"
          placeholder={t("scope.filter")}
          aria-label={t("scope.filter")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {text === "" && (
        <button
          type="button"
          className={cx(styles.item, styles.strong)}
          aria-current={(!view.reg && !view.mag) || undefined}
          onClick={() => choose()}
        >
          {user.scope.kind === "all" ? t("scope.group") : t("scope.all")}
        </button>
      )}
      {regions.map((region) => {
        const inside = found.filter((store) => store.region.code === region.code);
        if (inside.length === 0) return null;
        return (
          <div key={region.code} className={styles.list}>
            <button
              type="button"
              className={cx(styles.item, styles.strong)}
              aria-current={(view.reg === region.code && !view.mag) || undefined}
              onClick={() => choose(region.code)}
            >
              {region.name}
              <small>{inside.length}</small>
            </button>
            {inside.map((store) => (
              <button
                key={store.code}
                type="button"
                className={cx(styles.item, styles.inner)}
                aria-current={view.mag === store.code || undefined}
                onClick={() => choose(region.code, store.code)}
              >
                {store.name}
              </button>
            ))}
          </div>
        );
      })}
      {found.length === 0 && text !== "" && <p className={styles.item}>{t("scope.none")}</p>}
    </div>
  );
}
