/**
 * Prints the first rows of a table of a SQLite database (Node 24: node:sqlite).
 *
 *     node host/show-table.mjs <database> <table> [rows]
 */
import { DatabaseSync } from 'node:sqlite';
import { textTable } from './text-table.mjs';

const [path, table, rows = '15'] = process.argv.slice(2);
const database = new DatabaseSync(path, { readOnly: true });
const name = `"${table.replaceAll('"', '""')}"`;
const { total } = database.prepare(`SELECT count(*) AS total FROM ${name}`).get();
const select = database.prepare(`SELECT * FROM ${name} LIMIT ?`);
const columns = select.columns().map((column) => column.name);
console.log(textTable(select.all(Number(rows)), columns));
console.log(total > Number(rows) ? `... ${total} rows` : `${total} rows`);
database.close();
