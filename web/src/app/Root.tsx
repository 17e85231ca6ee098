import { Outlet } from "@tanstack/react-router";
import { ApiError } from "../api/client";
import { site } from "../api/site";
import { Empty, Failure } from "../components/Async";
import { Toasts } from "../components/Toast";
import { useTranslation } from "../lib/i18n";

export function Root() {
  const { t, language } = useTranslation("app");
  const { kind } = site();
  if (kind === "unreachable")
    return <Failure error={new ApiError(0, "unreachable", "")} retry={() => location.reload()} />;
  if (kind === "unknown")
    return (
      <main>
        <Empty icon="store" title={<h1>{t("unknown.title", { host: location.hostname })}</h1>}>
          {t("unknown.text")}
        </Empty>
      </main>
    );
  return (
    <>
      {/* Figures and dates are written by functions outside React: a new language redraws everything. */}
      <Outlet key={language} />
      <Toasts />
    </>
  );
}
