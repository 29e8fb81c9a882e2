/* Writes the file of one format: `node bench/lib/write-file.mjs FORMAT FILE ROWS`. */
import { formats } from './read-cases.mjs';

const [format, path, rows] = process.argv.slice(2);
await formats[format].write(path, Number(rows));
