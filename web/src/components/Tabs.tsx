import { Link } from "@tanstack/react-router";
import styles from "./Tabs.module.css";

export interface TabLink {
  to: string;
  label: string;
}

/** The pages of one module, beside one another. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} activeOptions={{ exact: true, includeSearch: false }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
