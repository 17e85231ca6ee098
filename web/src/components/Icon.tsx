const PATHS = {
  dashboard: "M2 9h5V2H2zM9 14h5V7H9zM2 14h5v-3H2zM9 5h5V2H9z",
  forecast: "M2 11l3.5-4 3 2.500L14 3.500M10.500 3.500H14V7M2 14h12",
  sales: "M2 13V6M6 13V3M10 13V8M14 13V5",
  store: "M2 6l1-3h10l1 3M3 6v7h10V6M6.5 13V9.5h3V13",
  catalogue: "M2 5l6-3 6 3v6l-6 3-6-3zM2 5l6 3 6-3M8 8v6",
  import: "M8 2v8M5 7l3 3 3-3M2.5 11v2.5h11V11",
  settings:
    "M2.5 5h6M12 5h1.5M10.2 6.8a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6zM2.5 11H4M7.5 11h6M5.8 12.8a1.8 1.8 0 100-3.6 1.8 1.8 0 000 3.6z",
  search: "M7 11.5A4.5 4.5 0 107 2.5a4.5 4.5 0 000 9zM10.3 10.3L14 14",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.5l3.2 3L13 4.5",
  chevronDown: "M4 6l4 4 4-4",
  chevronRight: "M6 4l4 4-4 4",
  chevronLeft: "M10 4L6 8l4 4",
  more: "M2 4h12M2 8h12M2 12h12",
  plus: "M8 3v10M3 8h10",
  upload: "M8 11V3M5 6l3-3 3 3M2.5 11v2.5h11V11",
  download: "M8 3v8M5 8l3 3 3-3M2.5 13.5h11",
  image: "M2 3h12v10H2zM2 11l3.5-3.5 3 3L11 8l3 3M10.5 6h.01",
  table: "M2 3h12v10H2zM2 6.5h12M2 10h12M7 6.5V13",
  chart: "M2.5 2.5v11h11M5.5 11V8M8.5 11V5M11.5 11V7",
  alert: "M8 2.5l6 11H2zM8 6.5v3M8 11.6h.01",
  info: "M8 14A6 6 0 108 2a6 6 0 000 12zM8 7.5V11M8 5.2h.01",
  sun: "M8 10.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1",
  moon: "M13 9.6A5.4 5.4 0 016.4 3 5.4 5.4 0 1013 9.6z",
  system: "M2 3h12v8H2zM6 13.5h4",
  user: "M8 8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM2.8 13.8a5.2 5.2 0 0110.4 0",
  out: "M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6",
  calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3",
  compare: "M5 2.5v11M2.5 5L5 2.5 7.5 5M11 13.5v-11M8.5 11l2.5 2.5L13.5 11",
  scope: "M8 2.5v3.5M8 6H3.5v3M8 6h4.5v3M2 9h3v4H2zM11 9h3v4h-3zM6.5 9h3v4h-3zM8 6v3",
  ticket: "M3.5 2h9v12l-1.5-1-1.5 1-1.5-1-1.5 1-1.5-1-1.5 1zM5.5 5.5h5M5.5 8.5h5",
  keyboard: "M1.5 4h13v8h-13zM4 6.700h.01M6.7 6.700h.01M9.3 6.700h.01M12 6.700h.01M4.5 9.5h7",
  retry: "M13 8a5 5 0 11-1.5-3.6M13 2.5v3h-3",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  edit: "M3 13l.7-3L10.5 3.200l2.3 2.300L6 12.300z",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  journal: "M4 2h9v12H4zM4 5H2.500M4 8H2.500M4 11H2.500M7 5.500h3.500M7 8.500h3.500",
  key: "M6 9.500a3 3 0 110-6 3 3 0 010 6zM8.200 8.700L13.500 14M11.500 12l1.500-1.500",
  undo: "M6 3L2.500 6.500 6 10M2.500 6.500h7a4 4 0 010 8H7",
  copy: "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
  eye: "M1.500 8s2.400-4.500 6.500-4.500S14.500 8 14.500 8 12.100 12.500 8 12.500 1.500 8 1.500 8zM8 9.800a1.800 1.800 0 100-3.600 1.800 1.800 0 000 3.600z",
  shield: "M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4z",
  arrowLeft: "M13 8H3M7 4L3 8l4 4",
  pin: "M8 14s4.5-4.3 4.5-7.5a4.5 4.5 0 00-9 0C3.5 9.7 8 14 8 14zM8 8a1.5 1.5 0 100-3 1.5 1.5 0 000 3z",
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative always: the words beside it, or the button's label, carry the meaning. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
