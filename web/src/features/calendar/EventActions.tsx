import type { CalendarEvent } from "../../api/types";
import { attempt } from "../../components/attempt";
import { Button } from "../../components/Button";
import { toast } from "../../components/Toast";
import { formatDay } from "../../lib/dates";
import { useTranslation } from "../../lib/i18n";
import styles from "./Calendar.module.css";
import { countryName } from "./countries";
import {
  addEvent,
  confirmEvent,
  editOf,
  moveEvent,
  removeEvent,
  restoreEvent,
  useCalendarChanged,
} from "./queries";
import { canMove, moveOf } from "./view";

/** A day earlier, a day later, yes: one click each, and one more to take it back. */
export function EventActions({ event, onEdit }: { event: CalendarEvent; onEdit: () => void }) {
  const { t } = useTranslation("calendar");
  const changed = useCalendarChanged();
  // Two countries keep the same feast: its name alone would not say which of them a button is for.
  const named = { name: event.country ? `${event.name} (${countryName(event.country)})` : event.name };
  const act = (
    run: () => Promise<unknown>,
    said: (result: unknown) => string,
    undo: () => Promise<unknown>,
  ) =>
    void attempt(async () => {
      const result = await run();
      await changed();
      toast(said(result), {
        tone: "good",
        action: {
          label: t("undo"),
          run: () =>
            void attempt(async () => {
              await undo();
              await changed();
            }),
        },
      });
    });
  const move = (days: -1 | 1) =>
    act(
      () => moveEvent(event.id, moveOf(event, days)),
      (moved) => t("moved", { ...named, day: formatDay((moved as CalendarEvent).from, "weekday") }),
      () => restoreEvent(event),
    );
  const remove = () =>
    act(
      () => removeEvent(event.id),
      () => t(event.kind === "own" ? "removed" : "dismissed", named),
      () => (event.kind === "own" ? addEvent(editOf(event)) : restoreEvent(event)),
    );
  const step = (days: -1 | 1) => (
    <Button
      variant="quiet"
      size="small"
      icon={days < 0 ? "chevronLeft" : "chevronRight"}
      aria-label={t(days < 0 ? "earlier" : "later", named)}
      title={t(days < 0 ? "earlierShort" : "laterShort")}
      disabled={!canMove(event, days)}
      onClick={() => move(days)}
    />
  );
  return (
    <span className={styles.acts}>
      {event.state === "proposed" && (
        <Button
          size="small"
          icon="check"
          aria-label={t("confirmOf", named)}
          onClick={() =>
            act(
              () => confirmEvent(event.id),
              () => t("confirmed", named),
              () => restoreEvent(event),
            )
          }
        >
          <span className={styles.word}>{t("confirm")}</span>
        </Button>
      )}
      {step(-1)}
      {step(1)}
      <Button
        variant="quiet"
        size="small"
        icon="edit"
        aria-label={t("editOf", named)}
        title={t("edit")}
        onClick={onEdit}
      />
      <Button
        variant="quiet"
        size="small"
        icon="trash"
        aria-label={t(event.kind === "own" ? "removeOf" : "dismissOf", named)}
        title={t(event.kind === "own" ? "remove" : "dismiss")}
        onClick={remove}
      />
    </span>
  );
}
