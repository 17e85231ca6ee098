import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../components/Async";
import { buttonClass } from "../components/Button";

export function Missing() {
  const { t } = useTranslation("app");
  return (
    <Empty
      icon="search"
      title={t("missing.title")}
      action={
        <Link to="/" className={buttonClass("primary")}>
          {t("missing.home")}
        </Link>
      }
    >
      {t("missing.text")}
    </Empty>
  );
}
