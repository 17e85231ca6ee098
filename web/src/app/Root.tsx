import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Toasts } from "../components/Toast";

export function Root() {
  const { i18n } = useTranslation("app");
  return (
    <>
      {/* Figures and dates are written by functions outside React: a new language redraws everything. */}
      <Outlet key={i18n.language} />
      <Toasts />
    </>
  );
}
