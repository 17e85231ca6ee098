import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../api/client";
import { changeUserLanguage, signOut, useUser } from "../api/session";
import type { Language } from "../api/types";
import { Icon, type IconName } from "../components/Icon";
import { Segmented } from "../components/Segmented";
import { switchLanguage, useTranslation } from "../lib/i18n";
import { applyTheme, readTheme, type Theme } from "../lib/theme";
import styles from "./Shell.module.css";

const THEMES: readonly { value: Theme; icon: IconName }[] = [
  { value: "system", icon: "system" },
  { value: "light", icon: "sun" },
  { value: "dark", icon: "moon" },
];

export default function UserPanel({ onShortcuts, close }: { onShortcuts: () => void; close: () => void }) {
  const { t, language } = useTranslation("app");
  const user = useUser();
  const [theme, setTheme] = useState(readTheme);
  const choose = async (next: Language) => {
    await send("PUT", "/me/preferences", { language: next });
    changeUserLanguage(next);
    await switchLanguage(next);
  };
  return (
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
          value={language}
          options={[
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
          onChange={(next) => void choose(next)}
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
      <Link to="/compte" className={styles.item} onClick={close}>
        <Icon name="user" />
        {t("user.account")}
      </Link>
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
  );
}
