import { useState } from "react";
import { useTranslation } from "react-i18next";
import { send } from "../api/client";
import { changeUserLanguage, signOut, useUser } from "../api/session";
import type { Language } from "../api/types";
import { Icon, type IconName } from "../components/Icon";
import { Popover } from "../components/Popover";
import { Segmented } from "../components/Segmented";
import { switchLanguage } from "../lib/language";
import { applyTheme, readTheme, type Theme } from "../lib/theme";
import styles from "./Shell.module.css";

const THEMES: readonly { value: Theme; icon: IconName }[] = [
  { value: "system", icon: "system" },
  { value: "light", icon: "sun" },
  { value: "dark", icon: "moon" },
];

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.slice(0, 1))
    .slice(0, 2)
    .join("")
    .toUpperCase();

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t, i18n } = useTranslation("app");
  const user = useUser();
  const [theme, setTheme] = useState(readTheme);
  const choose = async (language: Language) => {
    await send("PUT", "/me/preferences", { language });
    changeUserLanguage(language);
    await switchLanguage(language);
  };
  return (
    <Popover
      label={t("user.menu")}
      align="end"
      className={styles.menu ?? ""}
      trigger={initials(user.name)}
      buttonProps={{ className: styles.avatar, "aria-label": t("user.open", { name: user.name }) }}
    >
      {(close) => (
        <>
          <div className={styles.who}>
            <p>{user.name}</p>
            <p>{user.email}</p>
            <p>{t(`role.${user.role}`)}</p>
          </div>
          <div className={styles.row}>
            {t("user.language")}
            <Segmented
              label={t("user.language")}
              value={i18n.language as Language}
              options={[
                { value: "fr", label: "Français" },
                { value: "en", label: "English" },
              ]}
              onChange={(language) => void choose(language)}
            />
          </div>
          <div className={styles.row}>
            {t("user.theme")}
            <Segmented
              label={t("user.theme")}
              value={theme}
              options={THEMES.map(({ value, icon }) => ({
                value,
                label: <Icon name={icon} />,
                title: t(`theme.${value}`),
              }))}
              onChange={(next) => {
                applyTheme(next);
                setTheme(next);
              }}
            />
          </div>
          <button
            type="button"
            className={styles.item}
            onClick={() => {
              close();
              onShortcuts();
            }}
          >
            <Icon name="keyboard" />
            {t("user.shortcuts")}
          </button>
          <button type="button" className={styles.item} onClick={() => void signOut()}>
            <Icon name="out" />
            {t("user.signOut")}
          </button>
        </>
      )}
    </Popover>
  );
}
