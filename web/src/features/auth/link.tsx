import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { get } from "../../api/client";
import { site } from "../../api/site";
import type { Welcome } from "../../api/types";
import { buttonClass } from "../../components/Button";
import { useTranslation } from "../../lib/i18n";
import { Gate } from "./Gate";
import styles from "./Gate.module.css";

/** The secret of a link stands behind its #, which no server and no log sees. */
export const secretOf = (hash: string): string => hash.replace(/^#/, "");

/** Whom the link is for; null once it is known to work no more. */
export function useWelcome(path: string, token: string): Welcome | null | undefined {
  const [welcome, setWelcome] = useState<Welcome | null | undefined>(undefined);
  useEffect(() => {
    get<Welcome>(path, { token }).then(setWelcome, () => setWelcome(null));
  }, [path, token]);
  return welcome;
}

export const brand = (): string => {
  const place = site();
  return place.kind === "tenant" ? place.name : "EPM Retail";
};

export function ToSignIn() {
  const { t } = useTranslation("auth");
  return (
    <p className={styles.open}>
      <Link to="/connexion" className={buttonClass("primary")}>
        {t("invitation.signIn")}
      </Link>
    </p>
  );
}

export function Gone() {
  const { t } = useTranslation("auth");
  return (
    <Gate brand={brand()} title={t("invitation.gone")} text={t("invitation.goneText")}>
      <ToSignIn />
    </Gate>
  );
}
