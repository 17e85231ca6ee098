import { Popover } from "../../components/Popover";
import { cx } from "../../lib/class";
import { useTranslation } from "../../lib/i18n";
import styles from "./Controls.module.css";
import type { ViewControls } from "./useView";
import { COMPARISON_TOKENS, comparisonOf } from "./view";

export function ComparisonControl({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation("dashboard");
  const current = comparisonOf(controls.view);
  return (
    <Popover
      label={t("comparison.label")}
      buttonProps={{ className: styles.pill, id: "control-comparison" }}
      trigger={
        <>
          <i>{t("comparison.label")}</i> {t(`comparison.${current}`)}
        </>
      }
    >
      {(close) => (
        <div className={styles.list}>
          {COMPARISON_TOKENS.map((token) => (
            <button
              key={token}
              type="button"
              className={cx(styles.item, styles.two)}
              aria-current={token === current || undefined}
              onClick={() => {
                controls.adjust({ vs: token });
                close();
              }}
            >
              <span>
                {t(`comparison.${token}`)}
                <small>{t(`comparisonHint.${token}`)}</small>
              </span>
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
