import { lazy, Suspense } from "react";
import { useUser } from "../../api/session";
import { SkeletonRows } from "../../components/Async";
import { Popover } from "../../components/Popover";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";
import type { Names } from "./names";
import type { ViewControls } from "./useView";

const Choices = lazy(() => import("./ScopeChoices"));

export function ScopeControl({ controls, names }: { controls: ViewControls; names: Names }) {
  const { t } = useTranslation("dashboard");
  const user = useUser();
  const { view } = controls;
  const place = view.mag
    ? view.mag.split(",").map(names.store).join(", ")
    : view.reg
      ? view.reg.split(",").map(names.region).join(", ")
      : user.scope.kind === "all"
        ? t("scope.group")
        : t("scope.all");
  return (
    <Popover
      label={t("scope.label")}
      buttonProps={{ className: styles.pill, id: "control-scope" }}
      trigger={
        <>
          <i>{t("scope.label")}</i> {place}
        </>
      }
    >
      {(close) => (
        <Suspense fallback={<SkeletonRows rows={6} />}>
          <Choices controls={controls} close={close} />
        </Suspense>
      )}
    </Popover>
  );
}
