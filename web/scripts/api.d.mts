/** The TypeScript of an OpenAPI document's schemas. */
export function typesOf(document: unknown): string;
