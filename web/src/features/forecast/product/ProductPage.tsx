import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCan } from "../../../api/session";
import { Async, Empty, Skeleton, SkeletonRows } from "../../../components/Async";
import { Button, buttonClass } from "../../../components/Button";
import { Card, Tag } from "../../../components/Card";
import { Select } from "../../../components/Field";
import { Icon } from "../../../components/Icon";
import { Page } from "../../../components/Page";
import { Segmented } from "../../../components/Segmented";
import { toast } from "../../../components/Toast";
import { formatDay } from "../../../lib/dates";
import { useTranslation } from "../../../lib/i18n";
import { PlaceSelect, placeWords } from "../Filters";
import forecast from "../Forecast.module.css";
import { type Lists, useForecast, useLists } from "../queries";
import type { ForecastView } from "../shapes";
import { HORIZONS, horizonOf, levelOf, levelsFor, type ProductSearch, TABS, tabOf, tidy } from "../view";
import { formatRange, formatUnits } from "../words";
import { Backtests } from "./Backtests";
import { CorrectionDialog } from "./CorrectionDialog";
import { CorrectionList } from "./CorrectionList";
import { EndDialog } from "./EndDialog";
import { FanCard } from "./FanCard";
import { Figures } from "./Figures";
import { ModelCard } from "./ModelCard";
import { OverrideGrid } from "./OverrideGrid";
import { OverrideList } from "./OverrideList";
import styles from "./Product.module.css";
import { StartDialog } from "./StartDialog";
import { Why } from "./Why";

type Adjust = (change: ProductSearch) => void;

function Controls({ lists, view, adjust }: { lists: Lists; view: ProductSearch; adjust: Adjust }) {
  const { t } = useTranslation("forecast");
  return (
    <div className={forecast.filters}>
      <PlaceSelect lists={lists} view={view} onChange={(place) => adjust({ ...place, niv: undefined })} />
      <Select
        className={forecast.filter}
        aria-label={t("filter.level")}
        value={levelOf(view)}
        onChange={(event) => adjust({ niv: event.target.value })}
      >
        {levelsFor(view).map((level) => (
          <option key={level} value={level}>
            {t(`level.${level}`)}
          </option>
        ))}
      </Select>
      <Segmented
        label={t("filter.horizon")}
        value={horizonOf(view)}
        options={HORIZONS.map((days) => ({
          value: days,
          label: t("days.short", { days }),
          title: t("days.long", { days }),
        }))}
        onChange={(h) => adjust({ h })}
      />
    </div>
  );
}

/** Who or what is forecast: the product, or the sum it is part of. */
function subject(t: ReturnType<typeof useTranslation>["t"], view: ForecastView): string {
  if (view.level === "product") return view.name;
  if (view.level === "category") return view.category?.name ?? t("level.category");
  if (view.level === "store") return t("title.whole", { name: view.store?.name ?? "" });
  if (view.level === "region") return t("title.whole", { name: view.region?.name ?? "" });
  return t("title.group");
}

function Body({ data, view, adjust }: { data: ForecastView; view: ProductSearch; adjust: Adjust }) {
  const { t } = useTranslation("forecast");
  const [pending, setPending] = useState<ReadonlyMap<string, number>>(new Map());
  const [past, setPast] = useState<{ from: string; to: string } | null>(null);
  const [taken, setTaken] = useState<{ from: string; to: string } | null>(null);
  const edit = useCan()("forecasts.edit");
  const tab = tabOf(view);
  const grain = view.par === "semaine" ? "week" : "day";
  const first = data.days[0]?.date;
  const brush = (from: string, to: string) => {
    if (!first) return;
    if (to < first) {
      if (data.level === "product" && data.store) setPast({ from, to });
      else toast(t("correct.needsStore"));
      return;
    }
    setTaken({ from: from < first ? first : from, to });
    if (tab !== "retouches") adjust({ vue: "retouches" });
  };
  const fan = (
    <FanCard
      view={data}
      raw={view.brut === "1"}
      onRaw={(raw) => adjust({ brut: raw ? "1" : undefined })}
      pending={tab === "retouches" ? pending : undefined}
      onBrush={edit ? brush : undefined}
    />
  );
  if (tab === "essais")
    return <Backtests view={data} chosen={view.essai} onChoose={(essai) => adjust({ essai })} />;
  return (
    <div className={styles.stack}>
      {fan}
      {tab === "retouches" ? (
        <div className={styles.work}>
          <OverrideGrid
            key={`${data.sku} ${data.level} ${data.from} ${data.horizon} ${grain} ${data.store?.code} ${data.region?.code}`}
            view={data}
            grain={grain}
            onGrain={(next) => adjust({ par: next === "week" ? "semaine" : undefined })}
            taken={taken}
            onPending={setPending}
          />
          <div className={styles.stack}>
            <OverrideList sku={data.sku} view={view} />
            <CorrectionList sku={data.sku} view={view} />
          </div>
        </div>
      ) : (
        <div className={styles.why}>
          <Why view={data} />
          <ModelCard view={data} />
        </div>
      )}
      {past && <CorrectionDialog view={data} span={past} onClose={() => setPast(null)} />}
      {edit && <p className={forecast.note}>{t("fan.hint")}</p>}
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.stack}>
      <Skeleton height={72} />
      <Card>
        <Skeleton height={320} />
      </Card>
      <Card>
        <SkeletonRows rows={6} />
      </Card>
    </div>
  );
}

export function ProductPage() {
  const { t } = useTranslation("forecast");
  const can = useCan();
  const navigate = useNavigate({ from: "/previsions/article/$sku" });
  const { sku } = useParams({ from: "/shell/previsions/article/$sku" });
  const view = useSearch({ from: "/shell/previsions/article/$sku" });
  const lists = useLists();
  const query = useForecast(sku, view);
  const [dialog, setDialog] = useState<"start" | "end" | null>(null);
  const adjust: Adjust = (change) =>
    void navigate({
      search: (now) => tidy({ ...now, ...change }, { h: "30", vue: "prevision", niv: "product", brut: "0" }),
      replace: true,
      resetScroll: false,
    });
  const data = query.data;
  const place = placeWords(lists, view);
  const title = data
    ? [
        subject(t, data),
        ...(place && data.level !== "store" && data.level !== "region" ? [place] : []),
        ...(data.from
          ? [
              t("title.days", { count: data.horizon, from: formatDay(data.from, "long") }),
              t("title.expected", {
                units: formatUnits(data.totals.mean),
                range: formatRange(t, data.totals),
              }),
            ]
          : []),
      ].join(", ")
    : sku;
  const edit = can("forecasts.edit");
  const empty = data && data.days.length === 0;
  return (
    <Page
      title={title}
      actions={
        <>
          <Link to="/previsions" search={{ reg: view.reg, mag: view.mag }} className={buttonClass()}>
            <Icon name="arrowLeft" />
            {t("all")}
          </Link>
          {edit && data && (data.state === "new" || data.state === "short" || data.startedLike) && (
            <Button icon="forecast" onClick={() => setDialog("start")}>
              {t("start.open")}
            </Button>
          )}
          {edit && data && <Button onClick={() => setDialog("end")}>{t("end.open")}</Button>}
        </>
      }
    >
      <Controls lists={lists} view={view} adjust={adjust} />
      <Async query={query} skeleton={<Waiting />}>
        {(shown) => (
          <>
            {shown.state !== "tested" && (
              <p className={styles.standing}>
                <Tag tone={shown.state === "none" ? "warn" : "accent"}>{t(`state.${shown.state}`)}</Tag>
                {t(`stateText.${shown.state}`)}
              </p>
            )}
            {empty ? (
              <Card>
                <Empty icon="forecast" title={t("product.none")}>
                  {t("product.noneText")}
                </Empty>
              </Card>
            ) : (
              <>
                <Figures view={shown} />
                <div className={styles.tabs}>
                  <Segmented
                    label={t("tab.label")}
                    value={tabOf(view)}
                    options={TABS.map((tab) => ({ value: tab, label: t(`tab.${tab}`) }))}
                    onChange={(vue) => adjust({ vue })}
                  />
                </div>
                <Body data={shown} view={view} adjust={adjust} />
              </>
            )}
          </>
        )}
      </Async>
      {dialog === "start" && data && <StartDialog product={data} onClose={() => setDialog(null)} />}
      {dialog === "end" && data && <EndDialog view={data} onClose={() => setDialog(null)} />}
    </Page>
  );
}
