import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { ApiError } from "../api/client";
import { cx } from "../lib/class";
import { loadFont } from "../lib/font";
import { useTranslation } from "../lib/i18n";
import styles from "./Async.module.css";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";

interface AsyncProps<T> {
  query: Pick<UseQueryResult<T>, "data" | "error" | "refetch" | "isFetching" | "isPlaceholderData">;
  /** The shape of what is coming, made of `Skeleton`s. */
  skeleton: ReactNode;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Loading, empty and failed are the same everywhere; a failed refresh keeps what was already shown. */
export function Async<T>({ query, skeleton, isEmpty, empty, children }: AsyncProps<T>) {
  const arrived = query.data !== undefined;
  useEffect(() => {
    if (arrived) loadFont();
  }, [arrived]);
  if (query.data !== undefined) {
    if (isEmpty?.(query.data)) return <>{empty}</>;
    return (
      <div
        className={cx(query.isPlaceholderData && styles.stale)}
        aria-busy={query.isPlaceholderData || undefined}
      >
        {query.error && <Failure error={query.error} retry={() => void query.refetch()} compact />}
        {children(query.data)}
      </div>
    );
  }
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <>{skeleton}</>;
}

export function Failure({ error, retry, compact }: { error: Error; retry?: () => void; compact?: boolean }) {
  const { t } = useTranslation("components");
  const known = error instanceof ApiError ? error : null;
  const title =
    known?.status === 0
      ? t("error.unreachable")
      : known?.status === 403
        ? t("error.forbidden")
        : t("error.title");
  const detail = known && known.status > 0 ? known.message : t("error.nothingLost");
  return (
    <div className={cx(styles.note, compact && styles.compact)} role="alert">
      <Icon name="alert" size={compact ? 16 : 22} />
      <div>
        <p className={styles.title}>{title}</p>
        <p>{detail}</p>
        {known?.traceId && known.status >= 500 && !compact && (
          <p className={styles.trace}>{t("error.trace", { id: known.traceId })}</p>
        )}
      </div>
      {retry && (!known || known.status === 0 || known.status >= 500) && (
        <Button size={compact ? "small" : "medium"} icon="retry" onClick={retry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}

interface EmptyProps {
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  /** What to do next. */
  action?: ReactNode;
}

export function Empty({ icon = "info", title, children, action }: EmptyProps) {
  return (
    <div className={styles.note}>
      <Icon name={icon} size={22} />
      <div>
        <p className={styles.title}>{title}</p>
        {children && <p>{children}</p>}
      </div>
      {action}
    </div>
  );
}

export function Skeleton({
  width = "100%",
  height = 14,
}: {
  width?: number | string;
  height?: number | string;
}) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}

export function SkeletonRows({ rows = 8, height = 14 }: { rows?: number; height?: number }) {
  const { t } = useTranslation("components");
  return (
    <div className={styles.rows} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <Skeleton key={row} height={height} width={`${92 - ((row * 17) % 30)}%`} />
      ))}
    </div>
  );
}
