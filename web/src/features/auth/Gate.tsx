import { type ReactNode, useEffect } from "react";
import { Segmented } from "../../components/Segmented";
import { loadFont } from "../../lib/font";
import { switchLanguage, useTranslation } from "../../lib/i18n";
import styles from "./Gate.module.css";

interface GateProps {
  brand: string;
  title: string;
  text?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The page before the door: sign-in and sign-up look drawn by the same hand. */
export function Gate({ brand, title, text, wide, children }: GateProps) {
  const { t, language } = useTranslation("auth");
  useEffect(loadFont, []);
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <div className={styles.gate}>
      <header className={styles.top}>
        <span className={styles.logo} aria-hidden="true">
          {brand.slice(0, 1)}
        </span>
        <span className={styles.brand}>{brand}</span>
        <Segmented
          label={t("language")}
          value={language}
          options={[
            { value: "fr", label: "FR", title: "Français" },
            { value: "en", label: "EN", title: "English" },
          ]}
          onChange={(next) => void switchLanguage(next)}
        />
      </header>
      <main className={wide ? styles.wide : styles.narrow}>
        <h1>{title}</h1>
        {text && <p className={styles.text}>{text}</p>}
        {children}
      </main>
    </div>
  );
}
