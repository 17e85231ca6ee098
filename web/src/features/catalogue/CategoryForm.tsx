import { send } from "../../api/client";
import type { Category } from "../../api/types";
import { Field, Input, Select } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { codeFor } from "../../lib/code";
import { useTranslation } from "../../lib/i18n";
import { useCatalogueChanged } from "./queries";
import { type Node, placesFor } from "./tree";

interface CategoryFormProps {
  nodes: Node[];
  category?: Category | undefined;
  /** Where a new one goes at first. */
  parent?: string | undefined;
  onClose: () => void;
}

/** Adds a category, renames it, or moves it under another. */
export function CategoryForm({ nodes, category, parent, onClose }: CategoryFormProps) {
  const { t } = useTranslation("catalogue");
  const changed = useCatalogueChanged();
  const save = async (fields: Record<string, string>) => {
    const { name = "", parent: place } = fields;
    const body = { name, parent: place || null };
    if (category) await send("PUT", `/categories/${encodeURIComponent(category.code)}`, body);
    else await send("POST", "/categories", { ...body, code: fields["code"] || codeFor(name) });
    await changed();
    toast(t("saved", { name }), { tone: "good" });
  };
  return (
    <FormDialog
      title={category ? t("categories.edit", { name: category.name }) : t("categories.add")}
      submit={t("save")}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Field label={t("name")} error={errorOf("name")}>
            {(control) => (
              <Input {...control} name="name" required autoFocus defaultValue={category?.name ?? ""} />
            )}
          </Field>
          {!category && (
            <Field label={t("code")} error={errorOf("code")} hint={t("categories.codeHint")}>
              {(control) => <Input {...control} name="code" />}
            </Field>
          )}
          <Field label={t("categories.parent")} error={errorOf("parent")}>
            {(control) => (
              <Select {...control} name="parent" defaultValue={(category ? category.parent : parent) ?? ""}>
                <option value="">{t("categories.top")}</option>
                {placesFor(nodes, category?.code).map((node) => (
                  <option key={node.code} value={node.code}>
                    {"\u2003".repeat(node.depth)}
                    {node.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
