/* Reads the file named on the command line with the built engine, and prints what it saw as one line of JSON. */
import engine from '../../dist/engine/index.js';

const started = performance.now();
const dataset = await engine.openFile(process.argv[2]);
let rows = 0;
let rejected = 0;
let last = [];
for await (const batch of engine.run(dataset)) {
	rows += batch.rows.length;
	rejected += batch.rejected.length;
	last = batch.rows.at(-1)?.cells ?? last;
}
const seconds = (performance.now() - started) / 1000;
await engine.close(dataset);
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ rows, rejected, last, seconds, cpuSeconds, peakBytes }));
