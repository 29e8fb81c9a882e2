/**
 * Runs a file of SQL statements in a new SQLite database (Node 24: node:sqlite).
 *
 *     node host/create-table.mjs <database> <file.sql>
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [path, sqlFile] = process.argv.slice(2);
const database = new DatabaseSync(path);
database.exec(`BEGIN; ${readFileSync(sqlFile, 'utf8')}; COMMIT;`);
database.close();
