import { useCan } from "../api/session";
import { Kbd } from "../components/Card";
import { Dialog } from "../components/Dialog";
import { useTranslation } from "../lib/i18n";
import { MODULES } from "./nav";
import styles from "./Palette.module.css";

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const can = useCan();
  const lines = [
    ...MODULES.filter((module) => can(module.permission)).map((module) => ({
      keys: ["g", module.shortcut],
      text: t(`nav.${module.key}`),
    })),
    { keys: ["Ctrl K"], text: t("shortcut.search") },
    { keys: ["/"], text: t("shortcut.search") },
    { keys: ["?"], text: t("shortcut.sheet") },
    { keys: ["Esc"], text: t("shortcut.close") },
    { keys: ["←", "→"], text: t("shortcut.points") },
    { keys: [t("shortcut.enterKey")], text: t("shortcut.drill") },
  ];
  return (
    <Dialog open title={t("user.shortcuts")} onClose={onClose}>
      <dl className={styles.sheet}>
        {lines.map((line) => (
          <div key={line.keys.join() + line.text}>
            <dt>{line.text}</dt>
            <dd>
              {line.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
