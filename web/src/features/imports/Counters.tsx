import type { Import } from "../../api/types";
import { cx } from "../../lib/class";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";

const COUNTERS = ["read", "added", "updated", "unchanged", "rejected"] as const;

/** Read is the whole; the four others are its parts. */
export function Counters({ item }: { item: Import }) {
  const { t } = useTranslation("imports");
  return (
    <dl className={styles.counters}>
      {COUNTERS.map((counter) => (
        <div key={counter} className={cx(item[counter] === 0 && styles.zero)}>
          <dt>{t(`counter.${counter}`)}</dt>
          <dd className={cx(counter === "rejected" && item.rejected > 0 && "bad")}>
            {formatNumber(item[counter])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
