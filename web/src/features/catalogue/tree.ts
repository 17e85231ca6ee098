import type { Category } from "../../api/types";

export interface Node extends Category {
  depth: number;
  /** Products filed here and below. */
  all: number;
  children: Node[];
}

/** The flat list as a tree, in the order of names; a parent that is not there leaves its children at the top. */
export function treeOf(categories: readonly Category[]): Node[] {
  const known = new Set(categories.map((category) => category.code));
  const below = (parent: string | null, depth: number): Node[] =>
    categories
      .filter(
        (category) => (category.parent && known.has(category.parent) ? category.parent : null) === parent,
      )
      .sort((one, other) => one.name.localeCompare(other.name))
      .map((category) => {
        const children = below(category.code, depth + 1);
        const all = children.reduce((sum, child) => sum + child.all, category.products);
        return { ...category, depth, all, children };
      });
  return below(null, 0);
}

/** From top to bottom, as a list with depths: for a choice. */
export const flat = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => [node, ...flat(node.children)]);

/** The codes from the top down to the category. */
export function pathTo(nodes: readonly Node[], code: string | undefined): string[] {
  for (const node of nodes) {
    if (node.code === code) return [node.code];
    const path = pathTo(node.children, code);
    if (path.length) return [node.code, ...path];
  }
  return [];
}

/** Where a category may go: anywhere but itself and what is below it. */
export function placesFor(nodes: readonly Node[], code: string | undefined): Node[] {
  return nodes.flatMap((node) => (node.code === code ? [] : [node, ...placesFor(node.children, code)]));
}
