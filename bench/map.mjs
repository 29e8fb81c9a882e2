/**
 * `npm run bench:map`: how fast rows are mapped and transformed, beside n8n's Edit Fields and Code nodes on the same rows.
 *
 *     npm run bench:map -- [--rows N] [--n8n-rows N] [--skip-n8n]
 *
 * The engine is measured in this process: rows in memory, mapped to fields with types over 12 columns; single operations;
 * JSONata expressions, those that are compiled to closures and those that the library evaluates. n8n's nodes get the same
 * rows as items and are measured by n8n itself, as the time that the node took.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installN8n, prepareN8n } from '../host/install.mjs';
import { workFolder } from '../host/paths.mjs';
import { N8nServer } from '../host/server.mjs';
import { underNode24 } from '../host/under-node24.mjs';
import { mapCode, mapExpressions, mapFields, mapWorkflow, rowsToMap } from './lib/map-cases.mjs';

const { values } = parseArgs({
	options: {
		rows: { type: 'string', default: '200000' },
		'n8n-rows': { type: 'string', default: '10000' },
		'skip-n8n': { type: 'boolean', default: false },
	},
});

const REPEATS = 3;
const userFolder = join(workFolder, 'bench-map-user');

await underNode24();
const { default: engine } = await import('../dist/engine/index.js');

const thousands = (count) => Math.round(count).toLocaleString('en');

/** Rows a second of a dataset, the median of some runs. */
async function rateOf(makeDataset, rows) {
	const seconds = [];
	for (let run = 0; run <= REPEATS; run++) {
		const dataset = makeDataset();
		const started = performance.now();
		let seen = 0;
		for await (const batch of engine.run(dataset))
			seen += batch.rows.length + batch.rejected.length;
		if (seen !== rows) throw new Error(`${seen} of ${rows} rows came out`);
		// the first run is for the compiler
		if (run > 0) seconds.push((performance.now() - started) / 1000);
	}
	return rows / seconds.sort((a, b) => a - b)[Math.floor(REPEATS / 2)];
}

async function measureEngine(count) {
	const { columns, rows } = rowsToMap(count);
	const opened = () => engine.openRows(columns, rows);
	const withStep = (kind, options) => () => engine.addStep(opened(), { kind, version: 1, options });

	const mapped = await rateOf(withStep('map', { fields: mapFields }), count);
	console.log(`mapped to 12 fields with types     ${thousands(mapped).padStart(12)} rows/s`);

	for (const [what, kind, options, cells] of [
		['trim, all columns', 'trim', { fields: [] }, columns.length],
		['lower case', 'change-case', { fields: ['E-mail'], case: 'lower' }, 1],
		['replace', 'replace', { fields: ['Phone Number'], find: ' ' }, 1],
		[
			'value map',
			'value-map',
			{ fields: ['Country'], values: [{ from: 'DE', to: 'Germany' }], unknown: 'keep' },
			1,
		],
		['default', 'fill-empty', { fields: ['Notes'], value: '-' }, 1],
		['join', 'join', { fields: ['First Name', 'Last Name'], field: 'Name' }, 2],
	]) {
		const rate = await rateOf(withStep(kind, options), count);
		console.log(`${what.padEnd(34)} ${thousands(rate * cells).padStart(12)} cells/s`);
	}
	for (const [expression, how] of mapExpressions) {
		const rate = await rateOf(withStep('jsonata', { expression, field: 'result' }), count);
		console.log(
			`${`JSONata, ${how}`.padEnd(34)} ${thousands(rate).padStart(12)} rows/s  ${expression}`,
		);
	}
	return mapped;
}

/** Rows a second that n8n's own nodes map, by the time that n8n notes for the node. */
async function measureN8n(count) {
	await installN8n();
	rmSync(userFolder, { recursive: true, force: true });
	await prepareN8n(userFolder);
	const server = await N8nServer.start({ userFolder });
	const rates = {};
	try {
		for (const node of ['Edit Fields', 'Code']) {
			const id = await server.importWorkflow(mapWorkflow(node, count, mapCode));
			await server.waitForEnd(await server.startManually(id), { timeout: 600_000 });
			const executionId = await server.startManually(id);
			await server.waitForEnd(executionId, { timeout: 600_000 });
			const run = await server.execution(executionId);
			const [taken] = run.data.resultData.runData[node];
			rates[node] = count / (taken.executionTime / 1000);
		}
	} finally {
		await server.kill('SIGKILL');
	}
	return rates;
}

const count = Number(values.rows);
console.log(`${count.toLocaleString('en')} rows x 12 columns in memory, one core\n`);
const mapped = await measureEngine(count);
if (!values['skip-n8n']) {
	const n8nCount = Number(values['n8n-rows']);
	const rates = await measureN8n(n8nCount);
	console.log(`\nn8n's own nodes, ${n8nCount.toLocaleString('en')} items x 12 fields`);
	for (const [node, rate] of Object.entries(rates)) {
		const ratio = (mapped / rate).toFixed(0);
		console.log(
			`${node.padEnd(34)} ${thousands(rate).padStart(12)} rows/s  (Map Fields is ${ratio} times as fast)`,
		);
	}
}
process.exit(0);
