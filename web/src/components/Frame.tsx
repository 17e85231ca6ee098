import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { cx } from "../lib/class";
import styles from "./Frame.module.css";
import { Icon, type IconName } from "./Icon";
import { TOOLBAR_ID } from "./Page";
import { Popover } from "./Popover";

export interface NavItem {
  to: string;
  label: string;
  /** For the phone's bottom bar, where 60 px is all there is. */
  short: string;
  icon: IconName;
}

interface FrameProps {
  brand: string;
  nav: readonly NavItem[];
  labels: { skip: string; modules: string; more: string; collapse: string };
  /** Right end of the top bar: search, theme, user. */
  corner: ReactNode;
  children: ReactNode;
}

const RAIL = "epm-rail";
const PHONE_ITEMS = 4;

function Item({ item, short }: { item: NavItem; short?: boolean }) {
  return (
    <Link to={item.to} className={styles.nav} activeProps={{ "aria-current": "page" }} title={item.label}>
      <Icon name={item.icon} size={short ? 19 : 16} />
      <span>{short ? item.short : item.label}</span>
    </Link>
  );
}

export function Frame({ brand, nav, labels, corner, children }: FrameProps) {
  const [narrow, setNarrow] = useState(localStorage.getItem(RAIL) === "narrow");
  const toggle = () => {
    localStorage.setItem(RAIL, narrow ? "wide" : "narrow");
    setNarrow(!narrow);
  };
  const direct = nav.length <= PHONE_ITEMS + 1 ? nav : nav.slice(0, PHONE_ITEMS);
  const rest = nav.slice(direct.length);
  return (
    <div className={cx(styles.app, narrow && styles.narrow)}>
      <a href="#main" className={styles.skip}>
        {labels.skip}
      </a>
      <nav className={styles.rail} aria-label={labels.modules}>
        <div className={styles.brand}>
          <span className={styles.logo} aria-hidden="true">
            {brand.slice(0, 1)}
          </span>
          <span>{brand}</span>
        </div>
        {nav.map((item) => (
          <Item key={item.to} item={item} />
        ))}
        <span className={styles.space} />
        <button
          type="button"
          className={styles.nav}
          onClick={toggle}
          aria-pressed={narrow}
          title={labels.collapse}
        >
          <Icon name={narrow ? "chevronRight" : "chevronLeft"} />
          <span>{labels.collapse}</span>
        </button>
      </nav>
      <div className={styles.column}>
        <header className={styles.top}>
          <div id={TOOLBAR_ID} className={styles.toolbar} />
          <div className={styles.corner}>{corner}</div>
        </header>
        <main id="main" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
      <nav className={styles.bottom} aria-label={labels.modules}>
        {direct.map((item) => (
          <Item key={item.to} item={item} short />
        ))}
        {rest.length > 0 && (
          <Popover
            label={labels.more}
            align="end"
            buttonProps={{ className: styles.nav }}
            trigger={
              <>
                <Icon name="more" size={19} />
                <span>{labels.more}</span>
              </>
            }
          >
            {(close) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: the links inside are the controls; a choice also closes
              // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link clicks
              <div className={styles.menu} onClick={close}>
                {rest.map((item) => (
                  <Item key={item.to} item={item} />
                ))}
              </div>
            )}
          </Popover>
        )}
      </nav>
    </div>
  );
}
