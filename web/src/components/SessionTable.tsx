import type { LiveSession } from "../api/types";
import { formatInstant } from "../lib/format";
import { useTranslation } from "../lib/i18n";
import { Button } from "./Button";
import { Tag } from "./Card";
import { type Column, DataTable } from "./DataTable";

/** Browser and system out of what the browser says of itself; the whole text stays in the tooltip. */
export function deviceOf(agent: string | null | undefined): string {
  if (!agent) return "—";
  const browser = [
    ["Edg", "Edge"],
    ["OPR", "Opera"],
    ["SamsungBrowser", "Samsung Internet"],
    ["Firefox", "Firefox"],
    ["Chrome", "Chrome"],
    ["Safari", "Safari"],
  ].find(([mark]) => agent.includes(`${mark}/`))?.[1];
  const system = [
    ["Android", "Android"],
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Windows", "Windows"],
    ["Mac OS", "macOS"],
    ["Linux", "Linux"],
  ].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  return [browser, system].filter(Boolean).join(" · ") || agent.slice(0, 40);
}

interface SessionTableProps {
  caption: string;
  sessions: readonly LiveSession[];
  onEnd: (session: LiveSession) => void;
}

export function SessionTable({ caption, sessions, onEnd }: SessionTableProps) {
  const { t } = useTranslation("components");
  const columns: Column<LiveSession>[] = [
    {
      key: "device",
      header: t("sessions.device"),
      cell: (session) => (
        <span title={session.agent ?? undefined}>
          {deviceOf(session.agent)} {session.current && <Tag tone="accent">{t("sessions.current")}</Tag>}
        </span>
      ),
    },
    { key: "address", header: t("sessions.address"), cell: (session) => session.address ?? "—" },
    { key: "seen", header: t("sessions.seen"), cell: (session) => formatInstant(session.lastSeenAt) },
    {
      key: "started",
      header: t("sessions.started"),
      wide: true,
      cell: (session) => formatInstant(session.startedAt),
    },
    {
      key: "end",
      header: t("sessions.end"),
      quiet: true,
      align: "end",
      cell: (session) =>
        !session.current && (
          <Button size="small" onClick={() => onEnd(session)}>
            {t("sessions.end")}
          </Button>
        ),
    },
  ];
  return (
    <DataTable caption={caption} columns={columns} rows={sessions} rowKey={(session) => session.session} />
  );
}
