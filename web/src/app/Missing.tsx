import { Link } from "@tanstack/react-router";
import { Empty } from "../components/Async";
import { buttonClass } from "../components/Button";
import { useTranslation } from "../lib/i18n";

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
