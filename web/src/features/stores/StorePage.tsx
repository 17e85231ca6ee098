import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useCan, useTenant } from "../../api/session";
import type { Store } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { formatDay, todayIn, yearOf } from "../../lib/dates";
import { currencySymbol, formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { Closures } from "./Closures";
import { countryName } from "./choices";
import { Objectives } from "./Objectives";
import { useObjectives, useStore } from "./queries";
import { StoreForm } from "./StoreForm";
import styles from "./Stores.module.css";
import { isClosed } from "./view";

function Facts({ store, today }: { store: Store; today: string }) {
  const { t } = useTranslation("stores");
  return (
    <dl className={styles.facts}>
      <dt>{t("column.code")}</dt>
      <dd>
        <code>{store.code}</code>
      </dd>
      <dt>{t("column.region")}</dt>
      <dd>{store.region.name}</dd>
      <dt>{t("column.country")}</dt>
      <dd>{countryName(store.country)}</dd>
      <dt>{t("form.currency")}</dt>
      <dd>{store.currency}</dd>
      <dt>{t("column.surface")}</dt>
      <dd>{store.surface === null ? "—" : `${formatNumber(store.surface)} m²`}</dd>
      <dt>{t("form.openedOn")}</dt>
      <dd>{formatDay(store.openedOn, "long")}</dd>
      {store.closedOn && (
        <>
          <dt>{t("form.closedOn")}</dt>
          <dd>
            {formatDay(store.closedOn, "long")} {isClosed(store, today) && <Tag>{t("closed")}</Tag>}
          </dd>
        </>
      )}
      <dt>{t("form.timeZone")}</dt>
      <dd>{store.timeZone.replaceAll("_", " ")}</dd>
    </dl>
  );
}

export function StorePage() {
  const { t } = useTranslation("stores");
  const can = useCan();
  const navigate = useNavigate({ from: "/magasins/$code" });
  const { code } = useParams({ from: "/shell/magasins/$code" });
  const { annee } = useSearch({ from: "/shell/magasins/$code" });
  const today = todayIn(useTenant().timeZone);
  const year = /^(19|20)\d\d$/.test(annee ?? "") ? Number(annee) : yearOf(today);
  const query = useStore(code);
  const objectives = useObjectives(code, year);
  const [editing, setEditing] = useState(false);
  const store = query.data;
  const go = (next: number) =>
    void navigate({
      search: { annee: next === yearOf(today) ? undefined : String(next) },
      replace: true,
      resetScroll: false,
    });
  return (
    <Page
      title={store ? t("title.store", { name: store.name, year }) : t("app:nav.stores")}
      actions={
        <>
          <Link to="/magasins" className={buttonClass()}>
            <Icon name="arrowLeft" />
            {t("all")}
          </Link>
          {can("dashboard.view") && (
            <Link to="/tdb" search={{ mag: code }} className={buttonClass()}>
              <Icon name="dashboard" />
              {t("figures")}
            </Link>
          )}
          {can("stores.edit") && store && (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {t("edit")}
            </Button>
          )}
        </>
      }
    >
      <Async
        query={query}
        skeleton={
          <Card>
            <SkeletonRows rows={12} />
          </Card>
        }
      >
        {(store) => (
          <div className={styles.page}>
            <Card
              title={t("objectives.title", { year })}
              sentence={t("objectives.sentence", { currency: currencySymbol() })}
              tools={
                <>
                  <Button
                    variant="quiet"
                    size="small"
                    icon="chevronLeft"
                    aria-label={t("objectives.previous")}
                    onClick={() => go(year - 1)}
                  />
                  <b>{year}</b>
                  <Button
                    variant="quiet"
                    size="small"
                    icon="chevronRight"
                    aria-label={t("objectives.next")}
                    onClick={() => go(year + 1)}
                  />
                </>
              }
              className={styles.block}
            >
              <Async query={objectives} skeleton={<SkeletonRows rows={13} />}>
                {(saved) => (
                  <Objectives
                    key={`${code}/${year}/${JSON.stringify(saved.items)}`}
                    store={store}
                    year={year}
                    saved={saved.items}
                  />
                )}
              </Async>
            </Card>
            <div className={styles.side}>
              <Card title={t("facts")} className={styles.block}>
                <Facts store={store} today={today} />
              </Card>
              <Closures store={store} />
            </div>
          </div>
        )}
      </Async>
      {editing && store && <StoreForm store={store} onClose={() => setEditing(false)} />}
    </Page>
  );
}
