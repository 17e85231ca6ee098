import { Link } from "@tanstack/react-router";
import { Empty } from "../components/Async";
import { buttonClass } from "../components/Button";
import { useTranslation } from "../lib/i18n";

export function Missing() {
  const { t } = useTranslation("app");
  return (
    <main>
      <Empty
        icon="search"
        title={<h1>{t("missing.title")}</h1>}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("missing.home")}
          </Link>
        }
      >
        {t("missing.text")}
      </Empty>
    </main>
  );
}
