import { Link } from "@tanstack/react-router";
import { useCan } from "../../api/session";
import { isOver } from "../../api/sse";
import type { Import } from "../../api/types";
import { buttonClass } from "../../components/Button";
import { formatDay } from "../../lib/dates";
import { formatMoney, formatNumber, formatSigned } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";
import { useStoreList } from "./queries";
import { changedView } from "./words";

const NAMED = 6;

/** What moved on the dashboard: dates, stores, revenue. */
export function Effect({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  const can = useCan();
  const stores = useStoreList().data?.items ?? [];
  const { effect } = item;
  if (!effect) return null;
  const names = effect.stores.map((code) => stores.find((store) => store.code === code)?.name ?? code);
  const more = names.length - NAMED;
  const shown = names.slice(0, more > 0 ? NAMED - 1 : NAMED);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("effect.dates")}</dt>
        <dd>
          {effect.from === effect.to
            ? formatDay(effect.from, "long")
            : t("effect.range", { from: formatDay(effect.from, "long"), to: formatDay(effect.to, "long") })}
        </dd>
        <dt>{t("effect.stores", { count: names.length, number: formatNumber(names.length) })}</dt>
        <dd>
          {shown.join(", ")}
          {shown.length < names.length &&
            ` ${t("effect.more", { count: names.length - shown.length, number: formatNumber(names.length - shown.length) })}`}
        </dd>
        <dt>{t("effect.revenue")}</dt>
        <dd>
          <b>{formatSigned(effect.revenue, formatMoney)}</b>
        </dd>
      </dl>
      {!item.dryRun && isOver(item) && can("dashboard.view") && (
        <p>
          <Link to="/tdb" search={changedView(effect, stores.length)} className={buttonClass("primary")}>
            {t("effect.open")}
          </Link>
        </p>
      )}
    </>
  );
}
