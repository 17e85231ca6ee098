import { type DragEvent, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { cx } from "../../lib/class";
import { useTranslation } from "../../lib/i18n";
import styles from "./Imports.module.css";
import { choose, type Job, KINDS, reset } from "./job";
import wizard from "./Wizard.module.css";

const ACCEPT = ".csv,.txt,.tsv,.jsonl,.ndjson,.json,.gz,text/csv";

/** The kinds in the order a new chain needs them is not the order of use: sales come every day, so they come first. */
export function ChooseFile({ job }: { job: Job }) {
  const { t } = useTranslation("imports");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) void choose(job.kind, file);
    // The same file, mended meanwhile, may be chosen again.
    if (input.current) input.current.value = "";
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <Card className={styles.block}>
      <fieldset className={wizard.kinds}>
        <legend>{t("choose.kind")}</legend>
        {KINDS.map((kind) => (
          <label key={kind}>
            <input type="radio" name="kind" checked={kind === job.kind} onChange={() => reset(kind)} />
            <span>
              <b>{t(`kind.${kind}`)}</b>
              <small>{t(`kindText.${kind}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way to what the button does */}
      <div
        className={cx(wizard.drop, over && wizard.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={22} />
        <p>
          <b>{t("choose.drop")}</b>
        </p>
        <Button variant="primary" busy={job.busy === "reading"} onClick={() => input.current?.click()}>
          {t(job.busy === "reading" ? "choose.reading" : "choose.button")}
        </Button>
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          hidden
          onChange={(event) => take(event.target.files)}
        />
        <p className="muted">{t("choose.hint")}</p>
      </div>
      <p className={wizard.expects}>
        {t("choose.expects")} <code>{t(`expects.${job.kind}`)}</code>
      </p>
    </Card>
  );
}
