import { useId, useState } from "react";
import { send } from "../../../api/client";
import { attempt } from "../../../components/attempt";
import { Check, Field, Input } from "../../../components/Field";
import { FormDialog } from "../../../components/FormDialog";
import { toast } from "../../../components/Toast";
import { readAmount } from "../../../lib/amount";
import { formatNumber } from "../../../lib/format";
import { useTranslation } from "../../../lib/i18n";
import { useForecastsChanged, useProductsLike } from "../queries";
import type { NewProduct } from "../shapes";
import styles from "./Product.module.css";

/** A product without a past borrows one: another's course, or its share of the category. One dialog, nothing else. */
interface StartDialogProps {
  product: Pick<NewProduct, "sku" | "name" | "category" | "startedLike">;
  onClose: () => void;
}

export function StartDialog({ product, onClose }: StartDialogProps) {
  const { t } = useTranslation("forecast");
  const list = useId();
  const changed = useForecastsChanged();
  const before = product.startedLike;
  // Its category's share is told by the category's own code.
  const other = before && before.sku !== product.category?.code ? before.sku : null;
  const [how, setHow] = useState<"like" | "share">(before && !other ? "share" : "like");
  const [text, setText] = useState(other ?? "");
  const found = useProductsLike(text.trim()).data?.items ?? [];
  const chosen = found.find((one) => one.sku === text.trim());
  const put = async (like: string | null, multiplier: number) => {
    await send("PUT", `/forecasts/${encodeURIComponent(product.sku)}/start`, { like, multiplier });
    await changed();
  };
  const save = async ({ like, multiplier = "" }: Record<string, string>) => {
    const factor = readAmount(multiplier) ?? 1;
    await (how === "like" ? put(like || null, factor) : put(null, 1));
    toast(t("start.saved", { name: product.name }), {
      tone: "good",
      action: {
        label: t("undo"),
        run: () => void attempt(() => put(other, before?.multiplier ?? 1)),
      },
    });
  };
  return (
    <FormDialog
      title={t("start.title", { name: product.name })}
      submit={t("start.submit")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Check
            type="radio"
            name="how"
            label={t("start.like")}
            hint={t("start.likeHint")}
            checked={how === "like"}
            onChange={() => setHow("like")}
          />
          {how === "like" && (
            <div className={styles.indent}>
              <Field
                label={t("start.product")}
                error={errorOf("like")}
                hint={chosen ? chosen.name : t("start.productHint")}
              >
                {(control) => (
                  <>
                    <Input
                      {...control}
                      name="like"
                      required
                      autoFocus
                      autoComplete="off"
                      list={list}
                      value={text}
                      onChange={(event) => setText(event.target.value)}
                    />
                    <datalist id={list}>
                      {found
                        .filter((one) => one.sku !== product.sku)
                        .map((one) => (
                          <option key={one.sku} value={one.sku}>
                            {one.name}
                          </option>
                        ))}
                    </datalist>
                  </>
                )}
              </Field>
              <Field
                label={t("start.multiplier")}
                error={errorOf("multiplier")}
                hint={t("start.multiplierHint")}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="multiplier"
                    inputMode="decimal"
                    required
                    defaultValue={formatNumber(before?.multiplier ?? 1, 2)}
                  />
                )}
              </Field>
            </div>
          )}
          <Check
            type="radio"
            name="how"
            label={t("start.share")}
            hint={t("start.shareHint", { category: product.category?.name ?? "" })}
            checked={how === "share"}
            onChange={() => setHow("share")}
          />
        </>
      )}
    </FormDialog>
  );
}
