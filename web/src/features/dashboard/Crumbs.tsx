import { Link } from "@tanstack/react-router";
import { useUser } from "../../api/session";
import { Icon } from "../../components/Icon";
import { useTranslation } from "../../lib/i18n";
import styles from "./Dashboard.module.css";
import type { Names } from "./names";
import { drill, levelOf, ticketOf, type View } from "./view";

/** From the group down to where the reader is; every step back up is a link. */
export function Crumbs({ view, names }: { view: View; names: Names }) {
  const { t } = useTranslation("dashboard");
  const user = useUser();
  if (levelOf(view) === "group") return null;
  const path = view.cat ? names.path(view.cat) : [];
  const ticket = ticketOf(view);
  const store = view.mag ?? ticket?.store;
  const region = view.reg ?? (store ? names.regionOf(store) : undefined);
  const steps: { key: string; label: string; view: View }[] = [
    {
      key: "group",
      label: user.scope.kind === "all" ? t("scope.group") : t("scope.all"),
      view: drill(view, { reg: undefined, mag: undefined, cat: undefined, art: undefined }),
    },
  ];
  const inner = { cat: undefined, art: undefined };
  if (region)
    steps.push({
      key: "region",
      label: names.region(region),
      view: drill(view, { ...inner, reg: region, mag: undefined }),
    });
  if (store)
    steps.push({
      key: "store",
      label: names.store(store),
      view: drill(view, { ...inner, reg: region, mag: store }),
    });
  for (const code of path)
    steps.push({ key: code, label: names.category(code), view: drill(view, { cat: code, art: undefined }) });
  if (view.art) steps.push({ key: "product", label: names.product(view.art), view: drill(view, {}) });
  if (ticket) steps.push({ key: "ticket", label: ticket.ticket, view });
  return (
    <nav className={styles.crumbs} aria-label={t("crumbs")}>
      <ol>
        {steps.map((step, index) => (
          <li key={step.key}>
            {index === steps.length - 1 ? (
              <span aria-current="page">{step.label}</span>
            ) : (
              <Link to="/tdb" search={step.view}>
                {step.label}
              </Link>
            )}
            {index < steps.length - 1 && <Icon name="chevronRight" size={12} />}
          </li>
        ))}
      </ol>
    </nav>
  );
}
