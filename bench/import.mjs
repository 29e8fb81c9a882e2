/**
 * `npm run bench`: one import, three ways, side by side on the same file and server: the nodes of this package in a real
 * n8n, n8n's own nodes in the same n8n, and the database's own loader.
 *
 *     npm run bench -- --rows N --target postgres|mysql|sqlite [--json FILE] [--skip-builtin]
 *
 * The package and the loader import into the empty table, then other values for all records over the full table, then the
 * same file once more, which changes nothing. Seconds are those of the execution inside n8n. Memory is that of the n8n
 * process: idle after a first small run, and the peak during each import.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { installN8n, prepareN8n } from '../host/install.mjs';
import { workFolder } from '../host/paths.mjs';
import { errorOf } from '../host/run-data.mjs';
import { N8nServer } from '../host/server.mjs';
import { underNode24 } from '../host/under-node24.mjs';
import { customersFile } from './lib/customers-file.mjs';
import { builtinWorkflow, ourWorkflow } from './lib/import-workflows.mjs';

const LONGEST_RUN_MS = 15 * 60_000;
const WARM_UP_ROWS = 1000;

const { values } = parseArgs({
	options: {
		rows: { type: 'string', default: '100000' },
		target: { type: 'string', default: 'postgres' },
		json: { type: 'string' },
		'skip-builtin': { type: 'boolean', default: false },
	},
});
const rows = Number(values.rows);
if (!Number.isInteger(rows) || rows < 1) throw new Error('--rows must be a whole number above 0');
if (!['postgres', 'mysql', 'sqlite'].includes(values.target)) {
	throw new Error('--target must be postgres, mysql or sqlite');
}

const userFolder = join(workFolder, 'bench-user');
const dataFolder = join(workFolder, 'bench-data');

async function openBench() {
	if (values.target === 'sqlite') {
		const { SqliteBench } = await import('./lib/sqlite-limit.mjs');
		mkdirSync(dataFolder, { recursive: true });
		const path = join(dataFolder, 'bench.sqlite');
		return {
			bench: new SqliteBench(path),
			credential: { name: 'bench', type: 'sqliteFile', data: { path } },
			ours: { database: 'sqlite', table: 'customers' },
		};
	}
	if (values.target === 'mysql') {
		const { MySqlBench } = await import('./lib/mysql-limit.mjs');
		const server = {
			host: process.env.MYSQL_HOST ?? '127.0.0.1',
			port: Number(process.env.MYSQL_PORT ?? 3306),
			user: process.env.MYSQL_USER ?? 'root',
			password: process.env.MYSQL_PASSWORD ?? '',
		};
		const bench = new MySqlBench(server);
		return {
			bench,
			credential: { name: 'bench', type: 'mySql', data: { ...bench.config, ssl: false } },
			ours: { database: 'mySql', table: bench.name },
		};
	}
	const { PostgresBench } = await import('./lib/database-limit.mjs');
	const config = {
		host: process.env.PGHOST ?? '127.0.0.1',
		port: Number(process.env.PGPORT ?? 5432),
		user: process.env.PGUSER ?? 'postgres',
		password: process.env.PGPASSWORD ?? '',
		database: process.env.PGDATABASE ?? 'postgres',
	};
	const bench = new PostgresBench(config);
	return {
		bench,
		credential: { name: 'bench', type: 'postgres', data: { ...config, ssl: 'disable' } },
		ours: { database: 'postgres', table: bench.name },
	};
}

/** The imports, each of which begins with what the one before it left. */
const CASES = [
	{ name: 'empty table', file: 'first' },
	{ name: 'all records changed', file: 'second' },
	{ name: 'nothing changed', file: 'second' },
];

/**
 * Starts n8n anew, so that no run stands on the memory of another, and runs the cases.
 *
 * @returns what each case took, by its name
 */
async function measure(bench, credential, makeWorkflow, cases) {
	const server = await N8nServer.start({
		userFolder,
		env: { N8N_RESTRICT_FILE_ACCESS_TO: dataFolder, EXECUTIONS_TIMEOUT_MAX: '7200' },
	});
	const measured = {};
	try {
		const id = await server.createCredential(credential);
		const credentials = { [credential.type]: { id, name: credential.name } };
		const runOn = async (file) => {
			await bench.settle();
			const workflowId = await server.importWorkflow(makeWorkflow(file, credentials));
			const executionId = await server.startManually(workflowId);
			return await outcomeOf(server, executionId);
		};
		await bench.empty();
		await runOn(files.small);
		await bench.empty();
		await sleep(5000);
		const idleRssMb = server.rssMb();
		for (const { name, file } of cases) {
			server.resetPeak();
			const execution = await runOn(files[file]);
			const peakRssMb = server.peakRssMb();
			const imported = await bench.count();
			if (execution.status !== 'success') {
				measured[name] = { failed: await reasonOf(server, execution), peakRssMb };
			} else if (imported !== rows) {
				measured[name] = { failed: `${imported} of ${rows} rows are in the table`, peakRssMb };
			} else {
				const seconds = (Date.parse(execution.stoppedAt) - Date.parse(execution.startedAt)) / 1000;
				measured[name] = { seconds, peakRssMb, idleRssMb };
			}
		}
	} catch (error) {
		const { name } = cases.find((each) => measured[each.name] === undefined) ?? cases[0];
		measured[name] = { failed: error.message.split('\n')[0], peakRssMb: server.peakRssMb() };
	} finally {
		await server.kill('SIGKILL');
	}
	return measured;
}

/** What n8n logs when the data of an execution is larger than a string can be; it shows it as running for ever then. */
const TOO_LARGE = 'Invalid string length';

/** How an execution ended. @throws {Error} when it never will */
async function outcomeOf(server, executionId) {
	let isOver = false;
	const untilTooLarge = async () => {
		while (!isOver && !server.log().includes(TOO_LARGE)) await sleep(1000);
		if (!isOver) throw new Error(`${TOO_LARGE}: the execution is too large for n8n to keep`);
	};
	try {
		const ended = server.waitForOutcome(executionId, { timeout: LONGEST_RUN_MS });
		return await Promise.race([ended, untilTooLarge()]);
	} finally {
		isOver = true;
	}
}

/** Why an execution failed; its data may be too large to be read at all. */
async function reasonOf(server, { id, status }) {
	const run = await server.execution(id).catch(() => undefined);
	return errorOf(run)?.message ?? `the execution ended as "${status}"`;
}

function printLine(what, { seconds, failed, peakRssMb, idleRssMb }, limit) {
	const memory = peakRssMb === undefined ? '' : `, peak ${Math.round(peakRssMb)} MB`;
	const idle = idleRssMb === undefined ? '' : ` (idle ${Math.round(idleRssMb)} MB)`;
	if (failed !== undefined) {
		console.log(`  ${what.padEnd(28)} failed: ${failed}${memory}`);
		return;
	}
	const rate = Math.round(rows / seconds).toLocaleString('en');
	const ratio = limit === undefined ? '' : `, ${(seconds / limit).toFixed(2)} x the loader`;
	console.log(
		`  ${what.padEnd(28)} ${seconds.toFixed(2)} s, ${rate} rows/s${ratio}${memory}${idle}`,
	);
}

await underNode24();
await installN8n();
rmSync(userFolder, { recursive: true, force: true });
await prepareN8n(userFolder);
const { bench, credential, ours: oursAt } = await openBench();
const files = {
	small: await customersFile(dataFolder, WARM_UP_ROWS),
	first: await customersFile(dataFolder, rows),
	second: await customersFile(dataFolder, rows, 1),
};

await bench.prepare();
console.log(
	`${rows.toLocaleString('en')} rows x 12 columns (${basename(files.first)}) into ${values.target}`,
);
await bench.load(files.small);
await bench.empty();
const limits = {};
for (const { name, file } of CASES) {
	await bench.settle();
	limits[name] = await bench.load(files[file]);
}
const copyAlone = await bench.copy(files.second);
await bench.empty();

const ours = await measure(
	bench,
	credential,
	(file, credentials) => ourWorkflow({ file, credentials, ...oursAt }),
	CASES,
);

let builtin = { failed: 'skipped' };
if (values.target !== 'postgres') {
	builtin = { failed: `the comparison is made on PostgreSQL; n8n has no upsert of this kind here` };
} else if (!values['skip-builtin']) {
	const measured = await measure(
		bench,
		credential,
		(file, credentials) =>
			builtinWorkflow({ file, credentials, schema: bench.schema, table: bench.table }),
		CASES.slice(0, 1),
	);
	builtin = measured[CASES[0].name];
}

for (const { name } of CASES) {
	console.log(`\n${name}`);
	printLine("the database's own loader", { seconds: limits[name] });
	printLine('this package', ours[name] ?? { failed: 'not run' }, limits[name]);
	if (name === CASES[0].name) printLine("n8n's own nodes", builtin, limits[name]);
}
console.log(`\nthe loader's copy alone took ${copyAlone.toFixed(2)} s`);
const [first] = CASES;
if (builtin.seconds !== undefined && ours[first.name]?.seconds !== undefined) {
	const times = builtin.seconds / ours[first.name].seconds;
	console.log(`${times.toFixed(1)} x as fast as n8n's own nodes`);
}
await bench.drop();

if (values.json !== undefined) {
	const report = { rows, target: values.target, ours, builtin, limits, copyAlone };
	writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
process.exit(CASES.every(({ name }) => ours[name]?.seconds !== undefined) ? 0 : 1);
