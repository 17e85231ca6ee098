/** A code made of a name: `Dakar Plateau` is `dakar-plateau`. */
export const codeFor = (name: string, most = 40): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, most);
