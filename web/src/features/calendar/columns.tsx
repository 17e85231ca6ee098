import type { CalendarEvent } from "../../api/types";
import { Tag, type Tone } from "../../components/Card";
import type { Column } from "../../components/DataTable";
import { daysBetween, formatDay } from "../../lib/dates";
import type { T } from "../../lib/i18n";
import styles from "./Calendar.module.css";
import { countryName } from "./countries";
import { EventActions } from "./EventActions";
import { felt } from "./view";

const TONES: Record<CalendarEvent["state"], Tone> = {
  proposed: "warn",
  confirmed: "neutral",
  moved: "accent",
};

function When({ event, t }: { event: CalendarEvent; t: T }) {
  const days = daysBetween(event.from, event.to) + 1;
  return (
    <span className={styles.when}>
      <time dateTime={event.from}>{formatDay(event.from, "brief")}</time>
      {days > 1 && (
        <small className={styles.end}>
          {t("until", { day: formatDay(event.to, "brief"), count: days, number: days })}
        </small>
      )}
    </span>
  );
}

function State({ event, t }: { event: CalendarEvent; t: T }) {
  return (
    <>
      <Tag tone={TONES[event.state]}>{t(`state.${event.state}`)}</Tag>
      {event.state === "moved" && event.from !== event.proposed && (
        <small className={styles.was}>{t("proposedFor", { day: formatDay(event.proposed, "brief") })}</small>
      )}
    </>
  );
}

export function columns(
  t: T,
  storeName: (code: string) => string,
  edit: ((event: CalendarEvent) => void) | null,
): Column<CalendarEvent>[] {
  const where = (event: CalendarEvent) =>
    event.stores
      ? event.stores.map(storeName).join(", ")
      : event.country
        ? countryName(event.country)
        : t("everywhere");
  const list: Column<CalendarEvent>[] = [
    { key: "when", header: t("column.when"), cell: (event) => <When event={event} t={t} /> },
    {
      key: "name",
      header: t("column.name"),
      cell: (event) => (
        <>
          <b className={styles.name}>{event.name}</b>
          {event.kind === "own" && <Tag>{t("own")}</Tag>}
          <small className={styles.under}>
            {where(event)}
            <span className={styles.underState}>
              <State event={event} t={t} />
            </span>
          </small>
        </>
      ),
    },
    { key: "where", header: t("column.where"), wide: true, cell: where },
    {
      key: "felt",
      header: t("column.felt"),
      wide: true,
      cell: (event) => {
        const span = felt(event);
        return span ? (
          t("feltSpan", { from: formatDay(span[0], "dense"), to: formatDay(span[1], "dense") })
        ) : (
          <span className="muted">—</span>
        );
      },
    },
    { key: "state", header: t("column.state"), wide: true, cell: (event) => <State event={event} t={t} /> },
  ];
  if (edit)
    list.push({
      key: "acts",
      header: t("column.acts"),
      quiet: true,
      align: "end",
      cell: (event) => <EventActions event={event} onEdit={() => edit(event)} />,
    });
  return list;
}
