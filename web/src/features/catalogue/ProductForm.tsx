import { ApiError, type FieldError, send } from "../../api/client";
import { useUser } from "../../api/session";
import type { Product } from "../../api/types";
import { Check, Field, Input, Select } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { readAmount, writeAmount } from "../../lib/amount";
import { currencySymbol } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import { useCatalogueChanged } from "./queries";
import { flat, type Node } from "./tree";

interface ProductFormProps {
  nodes: Node[];
  product?: Product | undefined;
  category?: string | undefined;
  onClose: () => void;
}

/** 0.18 is 18 %, without the dust of binary fractions. */
const percent = (fraction: number): number => Math.round(fraction * 1e6) / 1e4;

export function ProductForm({ nodes, product, category, onClose }: ProductFormProps) {
  const { t } = useTranslation("catalogue");
  const { seesCost } = useUser().scope;
  const changed = useCatalogueChanged();
  const save = async (fields: Record<string, string>) => {
    const errors: Record<string, FieldError[]> = {};
    const figure = (field: string) => {
      const value = readAmount(fields[field] ?? "");
      if (value === undefined) errors[field] = [{ code: "number", message: t("form.number") }];
      return value ?? null;
    };
    const body = {
      name: fields["name"] ?? "",
      category: fields["category"] || null,
      purchasePrice: figure("purchasePrice"),
      salePrice: figure("salePrice"),
      taxRate: Math.round((figure("taxRate") ?? 0) * 1e4) / 1e6,
    };
    if (Object.keys(errors).length) throw new ApiError(400, "invalid", t("form.fix"), errors);
    if (product)
      await send("PUT", `/products/${encodeURIComponent(product.sku)}`, {
        ...body,
        active: fields["active"] === "on",
      });
    else await send("POST", "/products", { ...body, sku: fields["sku"] });
    await changed();
    toast(t("saved", { name: body.name }), { tone: "good" });
  };
  return (
    <FormDialog
      title={product ? t("form.edit", { name: product.name }) : t("add")}
      submit={t("save")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <FieldPair>
            <Field label={t("sku")} error={errorOf("sku")} hint={product ? undefined : t("form.skuHint")}>
              {(control) => (
                <Input
                  {...control}
                  name="sku"
                  required
                  autoFocus={!product}
                  disabled={Boolean(product)}
                  defaultValue={product?.sku ?? ""}
                />
              )}
            </Field>
            <Field label={t("category")} error={errorOf("category")}>
              {(control) => (
                <Select {...control} name="category" defaultValue={product?.category?.code ?? category ?? ""}>
                  <option value="">{t("form.noCategory")}</option>
                  {flat(nodes).map((node) => (
                    <option key={node.code} value={node.code}>
                      {"\u2003".repeat(node.depth)}
                      {node.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </FieldPair>
          <Field label={t("name")} error={errorOf("name")}>
            {(control) => (
              <Input
                {...control}
                name="name"
                required
                autoFocus={Boolean(product)}
                defaultValue={product?.name ?? ""}
              />
            )}
          </Field>
          <FieldPair>
            {seesCost && (
              <Field
                label={t("form.purchase", { currency: currencySymbol() })}
                error={errorOf("purchasePrice")}
                hint={t("form.purchaseHint")}
              >
                {(control) => (
                  <Input
                    {...control}
                    name="purchasePrice"
                    inputMode="decimal"
                    defaultValue={writeAmount(product?.purchasePrice)}
                  />
                )}
              </Field>
            )}
            <Field label={t("form.sale", { currency: currencySymbol() })} error={errorOf("salePrice")}>
              {(control) => (
                <Input
                  {...control}
                  name="salePrice"
                  inputMode="decimal"
                  defaultValue={writeAmount(product?.salePrice)}
                />
              )}
            </Field>
            <Field label={t("form.tax")} error={errorOf("taxRate")}>
              {(control) => (
                <Input
                  {...control}
                  name="taxRate"
                  inputMode="decimal"
                  required
                  defaultValue={writeAmount(percent(product?.taxRate ?? 0.18))}
                />
              )}
            </Field>
          </FieldPair>
          {product && (
            <Check
              name="active"
              label={t("form.active")}
              hint={t("form.activeHint")}
              defaultChecked={product.active}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
