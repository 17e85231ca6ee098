import { useState } from "react";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import styles from "./Secret.module.css";

/** Something shown once, to be copied: a link, a key, a list of codes. */
export function Secret({ label, text, lines }: { label: string; text: string; lines?: boolean }) {
  const { t } = useTranslation("components");
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={styles.secret}>
      {lines ? (
        <pre>{text}</pre>
      ) : (
        <input readOnly aria-label={label} value={text} onFocus={(event) => event.target.select()} />
      )}
      <Button icon={copied ? "check" : "copy"} onClick={() => void copy()}>
        {t(copied ? "copied" : "copy")}
      </Button>
    </div>
  );
}
