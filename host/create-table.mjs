/**
 * Runs files of SQL statements in an SQLite database, which is made when it is not there (Node 24: node:sqlite).
 *
 *     node host/create-table.mjs <database> <file.sql> ...
 */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [path, ...sqlFiles] = process.argv.slice(2);
const database = new DatabaseSync(path);
const statements = sqlFiles.map((file) => readFileSync(file, 'utf8'));
database.exec(`BEGIN; ${statements.join(';\n')}; COMMIT;`);
database.close();
