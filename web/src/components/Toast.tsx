import { useEffect, useSyncExternalStore } from "react";
import { cx } from "../lib/class";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import { Icon } from "./Icon";
import styles from "./Toast.module.css";

interface ToastMessage {
  id: number;
  text: string;
  tone: "good" | "bad" | "plain";
  action?: { label: string; run: () => void } | undefined;
}

let messages: readonly ToastMessage[] = [];
let next = 1;
const listeners = new Set<() => void>();
const publish = (list: readonly ToastMessage[]) => {
  messages = list;
  for (const listener of listeners) listener();
};
const dismiss = (id: number) => publish(messages.filter((message) => message.id !== id));

/** What happened, and for 30 s the way back when there is one. */
export function toast(
  text: string,
  options: { tone?: ToastMessage["tone"]; action?: ToastMessage["action"] } = {},
) {
  publish([
    ...messages.slice(-2),
    { id: next++, text, tone: options.tone ?? "plain", action: options.action },
  ]);
}

function Line({ message }: { message: ToastMessage }) {
  const { t } = useTranslation("components");
  useEffect(() => {
    const timer = setTimeout(() => dismiss(message.id), message.action ? 30_000 : 8_000);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <div className={cx(styles.toast, styles[message.tone])}>
      {message.tone !== "plain" && <Icon name={message.tone === "good" ? "check" : "alert"} />}
      <p>{message.text}</p>
      {message.action && (
        <Button
          size="small"
          onClick={() => {
            message.action?.run();
            dismiss(message.id);
          }}
        >
          {message.action.label}
        </Button>
      )}
      <Button
        variant="quiet"
        size="small"
        icon="close"
        aria-label={t("close")}
        onClick={() => dismiss(message.id)}
      />
    </div>
  );
}

export function Toasts() {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {list.map((message) => (
        <Line key={message.id} message={message} />
      ))}
    </div>
  );
}
