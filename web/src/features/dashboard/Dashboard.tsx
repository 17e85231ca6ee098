import { lazy, Suspense } from "react";
import { ApiError } from "../../api/client";
import { useCan, useUser } from "../../api/session";
import { Async, Failure } from "../../components/Async";
import { Page } from "../../components/Page";
import { useTranslation } from "../../lib/i18n";
import { ComparisonControl } from "./ComparisonControl";
import { Crumbs } from "./Crumbs";
import styles from "./Dashboard.module.css";
import { Freshness } from "./Freshness";
import { useNames } from "./names";
import { Overview } from "./Overview";
import { PeriodControl } from "./PeriodControl";
import { useDashboard } from "./queries";
import { ScopeControl } from "./ScopeControl";
import { type SentencePart, sentence, sentenceText } from "./sentence";
import { DashboardSkeleton } from "./skeletons";
import { useView } from "./useView";
import { filters, levelOf } from "./view";

const ProductView = lazy(() => import("./deeper").then((deeper) => ({ default: deeper.ProductView })));
const TicketView = lazy(() => import("./deeper").then((deeper) => ({ default: deeper.TicketView })));

const openControl = (control: string) => document.getElementById(`control-${control}`)?.click();

/** The sentence, each part of it the handle of what changes it. */
function Heading({ parts }: { parts: readonly SentencePart[] }) {
  const { t } = useTranslation("dashboard");
  if (parts[0]?.control === null) return <>{sentenceText(t, parts)}</>;
  return (
    <>
      {t("title.prefix")}{" "}
      {parts.map((part, index) => {
        const comma = index < parts.length - 1 && ",";
        return part.control ? (
          // A button is never broken before its comma when the comma is inside it.
          <button
            key={part.text}
            type="button"
            className={styles.part}
            onClick={() => openControl(part.control ?? "")}
          >
            <span>{part.text}</span>
            {comma}
          </button>
        ) : (
          <span key={part.text} className={styles.words}>
            {part.text}
            {comma}
          </span>
        );
      })}
    </>
  );
}

export function Dashboard() {
  const { t } = useTranslation("dashboard");
  const can = useCan();
  const { scope } = useUser();
  const controls = useView();
  const { view, period, today } = controls;
  const level = levelOf(view);
  const names = useNames(view);
  const query = useDashboard(filters(view, period), can("dashboard.view"));
  const parts = sentence(t, view, period, names, scope);
  if (!can("dashboard.view"))
    return (
      <Page title={t("app:nav.dashboard")}>
        <Failure error={new ApiError(403, "forbidden", "")} />
      </Page>
    );
  return (
    <Page
      title={sentenceText(t, parts)}
      heading={<Heading parts={parts} />}
      toolbar={
        <>
          <ScopeControl controls={controls} names={names} />
          <PeriodControl controls={controls} />
          <ComparisonControl controls={controls} />
          {query.data && <Freshness watermark={query.data.watermark} today={today} />}
        </>
      }
    >
      <Crumbs view={view} names={names} />
      {query.data?.compare?.covered === false && <p className={styles.notCovered}>{t("notCovered")}</p>}
      <Suspense fallback={<DashboardSkeleton />}>
        {level === "ticket" ? (
          <TicketView controls={controls} />
        ) : level === "product" ? (
          <ProductView controls={controls} />
        ) : (
          <Async query={query} skeleton={<DashboardSkeleton />}>
            {(data) => <Overview data={data} controls={controls} />}
          </Async>
        )}
      </Suspense>
    </Page>
  );
}
