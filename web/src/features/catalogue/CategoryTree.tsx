import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../lib/format";
import { useTranslation } from "../../lib/i18n";
import styles from "./Catalogue.module.css";
import type { Node } from "./tree";

/** So few that all of them are at hand; more, and only the branch in use is open. */
const ALL_OPEN = 40;

function Branch({
  nodes,
  open,
  selected,
  q,
}: {
  nodes: Node[];
  open: (node: Node) => boolean;
  selected?: string | undefined;
  q?: string | undefined;
}) {
  return (
    <ul className={styles.branch}>
      {nodes.map((node) => (
        <li key={node.code}>
          <Link
            to="/catalogue"
            search={{ cat: node.code, q }}
            aria-current={node.code === selected ? "true" : undefined}
            style={{ paddingLeft: 8 + node.depth * 14 }}
          >
            <span>{node.name}</span>
            <small>{formatNumber(node.all)}</small>
          </Link>
          {node.children.length > 0 && open(node) && (
            <Branch nodes={node.children} open={open} selected={selected} q={q} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface CategoryTreeProps {
  nodes: Node[];
  count: number;
  path: readonly string[];
  selected?: string | undefined;
  q?: string | undefined;
}

export function CategoryTree({ nodes, count, path, selected, q }: CategoryTreeProps) {
  const { t } = useTranslation("catalogue");
  return (
    <nav aria-label={t("categories.title")} className={styles.tree}>
      <Link to="/catalogue" search={{ q }} aria-current={selected ? undefined : "true"}>
        <span>{t("categories.all")}</span>
        <small>{formatNumber(nodes.reduce((sum, node) => sum + node.all, 0))}</small>
      </Link>
      <Branch
        nodes={nodes}
        open={(node) => count <= ALL_OPEN || path.includes(node.code)}
        selected={selected}
        q={q}
      />
    </nav>
  );
}
