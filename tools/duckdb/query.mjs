// Answers questions about a DuckDB database: a JSON array of statements a line in, their time and the rows of the first out.
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(process.argv[2], { threads: process.env.EPM_DUCKDB_THREADS ?? "2" });
const connection = await instance.connect();

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const statements = JSON.parse(line);
    const read = [];
    const start = process.hrtime.bigint();
    for (const sql of statements) read.push(await connection.runAndReadAll(sql));
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    answer = { ms, rows: read[0].getRowObjectsJson() };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
connection.closeSync();
