import { Link } from "@tanstack/react-router";
import { Tag } from "../../components/Card";
import type { Column } from "../../components/DataTable";
import { formatDay } from "../../lib/dates";
import type { T } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import { Against } from "./Marks";
import type { Outlier } from "./shapes";
import { formatRange, formatUnits } from "./words";

const TONES = { open: "warn", corrected: "good", kept: "neutral", event: "accent" } as const;

interface Choice {
  chosen: ReadonlySet<string>;
  toggle: (id: string, on: boolean) => void;
}

export function outlierColumns(t: T, choice: Choice | null): Column<Outlier>[] {
  const list: Column<Outlier>[] = [
    {
      key: "what",
      header: t("outliers.what"),
      cell: (item) => (
        <span className={styles.sentence}>
          <Link
            to="/previsions/article/$sku"
            params={{ sku: item.sku }}
            search={{ mag: item.store.code }}
            className={styles.name}
          >
            {item.name}
          </Link>
          {item.sentence}
          <small>
            {item.store.name}, {formatDay(item.date, "weekday")}
          </small>
        </span>
      ),
    },
    {
      key: "reason",
      header: t("outliers.reasonHeader"),
      wide: true,
      cell: (item) => <Tag tone={TONES[item.state]}>{t(`outliers.reason.${item.reason}`)}</Tag>,
    },
    {
      key: "units",
      header: t("fan.sold"),
      align: "end",
      cell: (item) => <b>{formatUnits(item.units)}</b>,
    },
    {
      key: "expected",
      header: t("outliers.expected"),
      align: "end",
      wide: true,
      cell: (item) => formatRange(t, item.expected),
    },
    {
      key: "context",
      header: t("outliers.context"),
      wide: true,
      cell: (item) => <Against units={item.units} expected={item.expected} />,
    },
  ];
  if (choice)
    list.unshift({
      key: "choose",
      header: t("outliers.choose"),
      quiet: true,
      width: 28,
      cell: (item) => (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={t("outliers.chooseOne", {
            name: item.name,
            store: item.store.name,
            day: formatDay(item.date, "short"),
          })}
          checked={choice.chosen.has(item.id)}
          onChange={(event) => choice.toggle(item.id, event.target.checked)}
        />
      ),
    });
  return list;
}
