import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCan, useTenant, useUser } from "../../api/session";
import type { CalendarEvent } from "../../api/types";
import { Async, Empty, SkeletonRows } from "../../components/Async";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DataTable } from "../../components/DataTable";
import { Check, Select } from "../../components/Field";
import { Page } from "../../components/Page";
import { toast } from "../../components/Toast";
import { formatDay, formatMonth, todayIn } from "../../lib/dates";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Calendar.module.css";
import { columns } from "./columns";
import { countriesOf, countryName } from "./countries";
import { EventForm } from "./EventForm";
import { proposeAgain, useCalendarChanged, useEvents, useStores } from "./queries";
import { type CalendarView, monthShown, nextOf, ofYear, shownEvents, yearShown } from "./view";
import { YearStrip } from "./YearStrip";

/** What is particular about the days of a year: feasts that propose themselves, and the chain's own events. */
export function Calendar() {
  const { t } = useTranslation("calendar");
  const view = useSearch({ from: "/shell/calendrier" });
  const navigate = useNavigate({ from: "/calendrier" });
  const today = todayIn(useTenant().timeZone);
  const edit = useCan()("calendar.edit");
  const whole = useUser().scope.kind === "all";
  const [year, changed] = [yearShown(view, today), useCalendarChanged()];
  const month = monthShown(view, year);
  const query = useEvents(year, view.pays);
  const stores = useStores().data?.items ?? [];
  const countries = countriesOf(stores);
  const [editing, setEditing] = useState<CalendarEvent | "new" | null>(null);
  const all = query.data?.items ?? [];
  const inYear = ofYear(all, view);
  const list = shownEvents(all, view, month);
  const waiting = inYear.filter((event) => event.state === "proposed").length;
  const next = nextOf(all, today);
  const adjust = (change: Partial<CalendarView>) =>
    void navigate({ search: { ...view, ...change }, replace: true, resetScroll: false });
  const title = [
    t("title", { year }),
    ...(view.pays ? [countryName(view.pays)] : []),
    ...(month ? [formatMonth(month).replace(/\s*\d{4}/, "")] : []),
    ...(query.data ? [t("events", { count: list.length, number: formatNumber(list.length) })] : []),
    ...(waiting > 0 && !month ? [t("waiting", { count: waiting, number: formatNumber(waiting) })] : []),
  ].join(", ");
  const again = () =>
    void attempt(async () => {
      await proposeAgain(year);
      await changed();
      toast(t("proposedAgain", { year }), { tone: "good" });
    });
  return (
    <Page
      title={title}
      actions={
        edit && (
          <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
            {t("add")}
          </Button>
        )
      }
    >
      <Card
        className={styles.year}
        title={
          <span className={styles.years}>
            <Button
              variant="quiet"
              size="small"
              icon="chevronLeft"
              aria-label={t("yearBefore", { year: year - 1 })}
              onClick={() => adjust({ annee: String(year - 1) })}
            />
            {year}
            <Button
              variant="quiet"
              size="small"
              icon="chevronRight"
              aria-label={t("yearAfter", { year: year + 1 })}
              onClick={() => adjust({ annee: String(year + 1) })}
            />
          </span>
        }
        sentence={next && t("next", { name: next.name, day: formatDay(next.from, "weekday") })}
        tools={
          countries.length > 1 && (
            <Select
              className={styles.filter}
              aria-label={t("country")}
              value={view.pays ?? ""}
              onChange={(event) => adjust({ pays: event.target.value || undefined })}
            >
              <option value="">{t("everywhere")}</option>
              {countries.map((code) => (
                <option key={code} value={code}>
                  {countryName(code)}
                </option>
              ))}
            </Select>
          )
        }
      >
        <YearStrip year={year} events={inYear} view={view} month={month} today={today} />
        <p className={styles.key}>
          <span className={styles.moving}>{t("kind.moving")}</span>
          <span className={styles.fixed}>{t("kind.fixed")}</span>
          <span className={styles.own}>{t("kind.own")}</span>
          <span className={styles.waits}>{t("state.proposed")}</span>
        </p>
      </Card>
      <Card
        title={month ? formatMonth(month) : t("list")}
        tools={
          <span className={styles.tools}>
            <Check
              label={t("onlyWaiting")}
              checked={view.attente === "1"}
              onChange={(event) => adjust({ attente: event.target.checked ? "1" : undefined })}
            />
            <Check
              label={t("paydays")}
              checked={view.paie === "1"}
              onChange={(event) => adjust({ paie: event.target.checked ? "1" : undefined })}
            />
            {edit && whole && (
              <Button size="small" icon="retry" onClick={again} title={t("againHint", { year })}>
                {t("again")}
              </Button>
            )}
          </span>
        }
      >
        <Async
          query={query}
          skeleton={<SkeletonRows rows={14} />}
          isEmpty={() => list.length === 0}
          empty={
            <Empty icon="calendar" title={t(view.attente === "1" ? "nothingWaits" : "none")}>
              {t(view.attente === "1" ? "nothingWaitsText" : "noneText")}
            </Empty>
          }
        >
          {() => (
            <DataTable
              caption={t("app:nav.calendar")}
              columns={columns(
                t,
                (code) => stores.find((store) => store.code === code)?.name ?? code,
                edit ? setEditing : null,
              )}
              rows={list}
              rowKey={(event) => event.id}
            />
          )}
        </Async>
      </Card>
      {editing && (
        <EventForm
          event={editing === "new" ? undefined : editing}
          day={month && month > today ? `${month}-01` : today}
          stores={stores}
          countries={countries}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}
