import { useState } from "react";
import { useCan } from "../../api/session";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Forecast.module.css";
import { StartDialog } from "./product/StartDialog";
import { useNewProducts } from "./queries";
import type { NewProduct } from "./shapes";

const SHOWN = 4;

/** Products too young to have a past of their own, and what to do about it, without leaving the list. */
export function NewProducts() {
  const { t } = useTranslation("forecast");
  const edit = useCan()("forecasts.edit");
  const [starting, setStarting] = useState<NewProduct | null>(null);
  const waiting = (useNewProducts(edit).data?.items ?? []).filter((product) => !product.startedLike);
  if (waiting.length === 0) return null;
  return (
    <div className={styles.fresh}>
      <Icon name="info" />
      <p>{t("fresh.title", { count: waiting.length, number: formatNumber(waiting.length) })}</p>
      {waiting.slice(0, SHOWN).map((product) => (
        <Button
          key={product.sku}
          size="small"
          aria-label={t("fresh.start", { name: product.name })}
          onClick={() => setStarting(product)}
        >
          {product.name}
        </Button>
      ))}
      {starting && <StartDialog product={starting} onClose={() => setStarting(null)} />}
    </div>
  );
}
