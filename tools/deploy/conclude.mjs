import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Says what is wrong, and that something was looked at at all. */
export function conclude(what, problems, looked) {
  for (const problem of problems) console.log(`${what}: ${problem}`);
  console.log(`${what}: ${looked} looked at, ${problems.length} wrong`);
  process.exitCode = problems.length > 0 || looked === 0 ? 1 : 0;
}
