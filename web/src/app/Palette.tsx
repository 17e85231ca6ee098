import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { useCan } from "../api/session";
import { Icon } from "../components/Icon";
import overlay from "../components/Overlay.module.css";
import { cx } from "../lib/class";
import { useTranslation } from "../lib/i18n";
import { commands, lookUp } from "./commands";
import styles from "./Palette.module.css";

/** Pages, stores, products and actions by name. Loaded on the first Ctrl+K. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const can = useCan();
  const router = useRouter();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["palette", asked],
    queryFn: ({ signal }) => lookUp(asked, can, signal),
    placeholderData: (before) => before,
  });
  const list = [...commands(t, can, text), ...(found.data ?? [])];

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id]);

  const run = (index: number) => {
    const command = list[index];
    if (!command) return;
    onClose();
    if (command.href) router.history.push(command.href);
    else command.run?.();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list.length) {
      event.preventDefault();
      setActive((active + step + list.length) % list.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <dialog
      ref={dialog}
      className={cx(overlay.dialog, styles.palette)}
      aria-label={t("search")}
      onClose={onClose}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={styles.field}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={list[active] ? `${id}-${active}` : undefined}
          aria-label={t("search")}
          placeholder={t("palette.placeholder")}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t("search")} className={styles.list}>
        {list.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox, which keeps the focus
          <div
            key={command.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => setActive(index)}
            onClick={() => run(index)}
          >
            <Icon name={command.icon} />
            <span>{command.label}</span>
            <small>{command.hint}</small>
          </div>
        ))}
        {list.length === 0 && !found.isFetching && (
          <p className={styles.none}>{t("palette.none", { text })}</p>
        )}
      </div>
    </dialog>
  );
}
