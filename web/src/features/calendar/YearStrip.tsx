import { Link } from "@tanstack/react-router";
import type { CalendarEvent } from "../../api/types";
import { cx } from "../../lib/class";
import { type Day, formatMonth } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import styles from "./Calendar.module.css";
import { type CalendarView, inMonth, isRunning, marksOf, monthKeys } from "./view";

interface YearStripProps {
  year: number;
  events: readonly CalendarEvent[];
  view: CalendarView;
  month: string | undefined;
  today: Day;
}

/** The year at a glance, a month a link: what is drawn is also said. */
export function YearStrip({ year, events, view, month, today }: YearStripProps) {
  const { t } = useTranslation("calendar");
  return (
    <nav className={styles.strip} aria-label={t("months", { year })}>
      {monthKeys(year).map((key) => {
        const here = events.filter((event) => inMonth(event, key));
        const waiting = here.filter((event) => event.state === "proposed").length;
        const words = [
          formatMonth(key),
          here.map((event) => event.name).join(", "),
          waiting > 0 ? t("waiting", { count: waiting, number: waiting }) : "",
        ];
        return (
          <Link
            key={key}
            from="/calendrier"
            to="/calendrier"
            search={{ ...view, mois: month === key ? undefined : key.slice(5) }}
            replace
            resetScroll={false}
            className={cx(styles.month, isRunning(key, today) && styles.running)}
            aria-current={month === key ? "true" : undefined}
            aria-label={words.filter(Boolean).join(" : ")}
          >
            <b aria-hidden="true">{formatMonth(key, "short").replace(/\s*\d{4}/, "")}</b>
            <svg viewBox="0 0 100 18" preserveAspectRatio="none" aria-hidden="true">
              {marksOf(here, key).map((mark) => (
                <rect
                  key={mark.id}
                  className={cx(styles[mark.kind], mark.waits && styles.waits)}
                  x={mark.at * 100}
                  y={mark.kind === "moving" ? 0 : mark.kind === "own" ? 12 : 6}
                  width={Math.max(3, mark.width * 100)}
                  height={6}
                  vectorEffect="non-scaling-stroke"
                />
              ))}
            </svg>
            <small aria-hidden="true">{here.length > 0 ? here.length : "·"}</small>
          </Link>
        );
      })}
    </nav>
  );
}
