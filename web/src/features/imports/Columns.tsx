import { Button } from "../../components/Button";
import { Card, Tag } from "../../components/Card";
import { type Column, DataTable } from "../../components/DataTable";
import { Select } from "../../components/Field";
import { Icon } from "../../components/Icon";
import { useTranslation } from "../../lib/i18n";
import { assign, type Draft, missing } from "./draft";
import styles from "./Imports.module.css";
import { backTo, change, check, choose, type Job } from "./job";
import { Options } from "./Options";
import wizard from "./Wizard.module.css";
import { Writings } from "./Writings";

type FileColumn = Draft["columns"][number];
const SAMPLES = 3;

function ColumnTable({ draft }: { draft: Draft }) {
  const { t } = useTranslation("imports");
  const columns: Column<FileColumn>[] = [
    {
      key: "name",
      header: t("columns.inFile"),
      cell: (column) => (
        <>
          <b>{column.name || t("columns.nameless", { index: column.index + 1 })}</b>
          <small className={styles.under}>{column.samples[0]}</small>
        </>
      ),
    },
    {
      key: "samples",
      header: t("columns.samples"),
      wide: true,
      cell: (column) => (
        <span className={wizard.samples}>
          {column.samples.slice(0, SAMPLES).map((sample, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: samples repeat, and their place is all they are known by
            <code key={index}>{sample || "∅"}</code>
          ))}
        </span>
      ),
    },
    {
      key: "target",
      header: t("columns.becomes"),
      width: "40%",
      cell: (column) => (
        <Select
          className={wizard.target}
          aria-label={t("columns.becomesOf", { column: column.name })}
          value={column.target ?? ""}
          data-none={column.target === null || undefined}
          onChange={(event) => change(assign(draft, column.index, event.target.value || null))}
        >
          <option value="">{t("columns.ignored")}</option>
          {draft.targets.map((target) => (
            <option key={target.name} value={target.name}>
              {t(`target.${target.name}`)}
              {target.required ? " *" : ""}
            </option>
          ))}
        </Select>
      ),
    },
  ];
  return (
    <DataTable
      caption={t("columns.title")}
      columns={columns}
      rows={draft.columns}
      rowKey={(column) => String(column.index)}
    />
  );
}

/** What was understood of the file, for a person to confirm at a glance or to change. */
export function Columns({ job, draft }: { job: Job; draft: Draft }) {
  const { t } = useTranslation("imports");
  const lacking = missing(draft);
  const used = draft.columns.filter((column) => column.target).length;
  const known = draft.base && !draft.touched;
  return (
    <>
      {job.rather && job.file && (
        <p className={styles.notice}>
          <Icon name="info" />
          {t("columns.rather", { kind: t(`kind.${job.rather}`) })}
          <Button
            size="small"
            onClick={() => {
              if (job.rather && job.file) void choose(job.rather, job.file);
            }}
          >
            {t("columns.ratherGo")}
          </Button>
        </p>
      )}
      {lacking.length > 0 && (
        <p className={styles.warning} role="status">
          <Icon name="alert" />
          {t("columns.missing", {
            count: lacking.length,
            targets: lacking.map((name) => t(`target.${name}`)).join(", "),
          })}
        </p>
      )}
      <div className={wizard.layout}>
        <Card
          title={t("columns.title")}
          sentence={t("columns.sentence", { used, count: draft.columns.length })}
          tools={
            known && draft.base && <Tag tone="good">{t("columns.known", { name: draft.base.name })}</Tag>
          }
          className={styles.table}
        >
          <ColumnTable draft={draft} />
        </Card>
        <div className={styles.stack}>
          <Writings draft={draft} head={job.head} />
          <Options draft={draft} />
        </div>
      </div>
      <div className={styles.foot}>
        <Button onClick={() => backTo("file")}>{t("back")}</Button>
        <p className="muted">{t("columns.next")}</p>
        <Button
          variant="primary"
          disabled={lacking.length > 0 || (draft.touched && !draft.name.trim())}
          busy={job.busy !== null}
          onClick={() => void check()}
        >
          {t("columns.check")}
        </Button>
      </div>
    </>
  );
}
