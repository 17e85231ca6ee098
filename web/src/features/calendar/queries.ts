import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, send } from "../../api/client";
import type { CalendarEvent, EventEdit, Items, Store } from "../../api/types";

export const useEvents = (year: number, country: string | undefined) =>
  useQuery({
    queryKey: ["events", year, country],
    queryFn: ({ signal }) =>
      get<Items<CalendarEvent>>("/events", { from: `${year}-01-01`, to: `${year}-12-31`, country }, signal),
    placeholderData: keepPreviousData,
  });

export const useStores = () =>
  useQuery({ queryKey: ["stores"], queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal) });

const path = (id: string) => `/events/${encodeURIComponent(id)}`;

export const moveEvent = (id: string, days: number) =>
  send<CalendarEvent>("POST", `${path(id)}/move`, { days });
export const confirmEvent = (id: string) => send<CalendarEvent>("POST", `${path(id)}/confirm`);
export const removeEvent = (id: string) => send("DELETE", path(id));
export const addEvent = (event: EventEdit) => send<CalendarEvent>("POST", "/events", event);
export const changeEvent = (id: string, event: EventEdit) => send<CalendarEvent>("PUT", path(id), event);
export const proposeAgain = (year: number) => send<Items<CalendarEvent>>("POST", "/events/propose", { year });

export const editOf = (event: CalendarEvent): EventEdit => ({
  code: event.code,
  name: event.name,
  country: event.country,
  from: event.from,
  to: event.to,
  lead: event.lead,
  lag: event.lag,
  stores: event.stores,
});

/** As it was before: a proposal is left to itself again, and what was decided is decided again. */
export const restoreEvent = async (before: CalendarEvent): Promise<unknown> =>
  before.state === "proposed" ? moveEvent(before.id, 0) : changeEvent(before.id, editOf(before));

/** Forecasts and what is read off them follow the calendar. */
export function useCalendarChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["events", "dashboard", "forecasts"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
}
