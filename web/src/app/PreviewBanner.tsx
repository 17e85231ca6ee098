import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { endPreview } from "../api/session";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { useTranslation } from "../lib/i18n";
import styles from "./PreviewBanner.module.css";

/** Always in sight while one looks through another's eyes. */
export function PreviewBanner({ name }: { name: string }) {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const router = useRouter();
  const back = async () => {
    await endPreview();
    client.clear();
    await router.navigate({ to: "/administration" });
  };
  return (
    <section className={styles.banner} aria-label={t("preview.text", { name })}>
      <Icon name="eye" />
      <p>{t("preview.text", { name })}</p>
      <Button size="small" onClick={() => void back()}>
        {t("preview.back")}
      </Button>
    </section>
  );
}
