import { Link, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "../../api/client";
import { useCan, useUser } from "../../api/session";
import { Failure } from "../../components/Async";
import { Button, buttonClass } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Page } from "../../components/Page";
import { loadFont } from "../../lib/font";
import { useTranslation } from "../../lib/i18n";
import { Check } from "./Check";
import { ChooseFile } from "./ChooseFile";
import { Columns } from "./Columns";
import styles from "./Imports.module.css";
import { type Job, KINDS, reset, useJob } from "./job";
import { Sending } from "./Progressing";
import wizard from "./Wizard.module.css";

const STEPS: readonly Job["step"][] = ["file", "columns", "check"];

function Steps({ job }: { job: Job }) {
  const { t } = useTranslation("imports");
  const at = STEPS.indexOf(job.step);
  return (
    <ol className={wizard.steps} aria-label={t("steps.label")}>
      {STEPS.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} data-done={index < at || undefined}>
          <span aria-hidden="true">{index < at ? <Icon name="check" size={12} /> : index + 1}</span>
          {t(`steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** A refusal says what to change in the file; a lost network only asks to send again. */
function Refused({ job }: { job: Job }) {
  const { t } = useTranslation("imports");
  if (!job.failure) return null;
  const lost = !(job.failure instanceof ApiError) || job.failure.status === 0;
  const fields = job.failure instanceof ApiError ? Object.values(job.failure.errors).flat() : [];
  return (
    <div className={styles.failed} role="alert">
      <p>
        <b>{lost ? t("refused.lost") : job.failure.message}</b>
      </p>
      {fields.map((error) => (
        <p key={error.message}>{error.message}</p>
      ))}
      <p>{t(lost ? "refused.again" : "refused.nothing")}</p>
    </div>
  );
}

export function Wizard() {
  const { t } = useTranslation("imports");
  const can = useCan();
  const job = useJob();
  const { type } = useSearch({ from: "/shell/imports/nouveau" });
  const asked = KINDS.find((kind) => kind === type);
  // A link that names a kind starts anew, unless a file of that kind is in hand already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the arrival counts, not what is done since
  useEffect(() => {
    if (asked && asked !== job.kind) reset(asked);
  }, [asked]);
  const { id: reader } = useUser();
  const foreign = job.owner !== null && job.owner !== reader;
  useEffect(() => {
    if (foreign) reset();
  }, [foreign]);
  // No answer is awaited here that would bring the font, as elsewhere.
  useEffect(loadFont, []);
  if (foreign) return null;
  if (!can("imports.run"))
    return (
      <Page title={t("title.new")}>
        <Failure error={new ApiError(403, "forbidden", "")} />
      </Page>
    );
  const title = job.file ? t("title.file", { file: job.file.name }) : t("title.new");
  return (
    <Page
      title={title}
      actions={
        job.file ? (
          <Button onClick={() => reset(job.kind)}>{t("otherFile")}</Button>
        ) : (
          <Link to="/imports" className={buttonClass()}>
            <Icon name="arrowLeft" />
            {t("all")}
          </Link>
        )
      }
    >
      <Steps job={job} />
      <Refused job={job} />
      {(job.busy === "packing" || job.busy === "sending") && (
        <Card className={styles.block}>
          <Sending job={job} />
        </Card>
      )}
      {job.step === "file" && <ChooseFile job={job} />}
      {job.step === "columns" && job.draft && <Columns job={job} draft={job.draft} />}
      {job.step === "check" && job.draft && <Check job={job} draft={job.draft} />}
    </Page>
  );
}
