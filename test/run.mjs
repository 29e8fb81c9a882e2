/**
 * `npm test` and `npm run test:unit`: gets what the tests need and runs them.
 *
 *     node test/run.mjs all [jest arguments]    everything, on real servers and in a real browser
 *     node test/run.mjs unit [jest arguments]   what needs nothing but Node
 *
 * The last line printed is the count of tests: "N passed, N failed, N skipped".
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installN8n, installPackages, prepareN8n } from '../host/install.mjs';
import { node24, repository, withOwnTools, workFolder } from '../host/paths.mjs';
import { findChromium } from './needs/chromium.mjs';
import { findMariaDb } from './needs/mariadb.mjs';
import { findPostgres } from './needs/postgres.mjs';

const TIME_LIMIT_MS = 35 * 60_000;
const GRACE_MS = 20_000;

const [kind = 'all', ...jestArguments] = process.argv.slice(2);

/** Runs jest with Node 24. @returns its report, or undefined when it ended without one */
async function runJest(args, env) {
	mkdirSync(workFolder, { recursive: true });
	const reportFile = join(workFolder, `test-report-${process.pid}.json`);
	const child = spawn(
		node24,
		[
			'--disable-warning=ExperimentalWarning',
			// the tests of the real n8n import the ES modules of host/
			'--experimental-vm-modules',
			join(repository, 'node_modules/jest/bin/jest.js'),
			'--json',
			`--outputFile=${reportFile}`,
			...args,
		],
		{
			cwd: repository,
			env: { ...withOwnTools(), ...env },
			// jest prints its report to stdout too with --json; people read stderr
			stdio: ['ignore', 'ignore', 'inherit'],
		},
	);
	await ended(child, reportFile);
	if (!existsSync(reportFile)) return undefined;
	const report = JSON.parse(readFileSync(reportFile, 'utf8'));
	rmSync(reportFile);
	return report;
}

/** Node 24 may hang while it exits: once the report is written, jest is given a while and then ended. */
function ended(child, reportFile) {
	return new Promise((resolve) => {
		const end = Date.now() + TIME_LIMIT_MS;
		let reportedAt;
		const watch = setInterval(() => {
			if (reportedAt === undefined && existsSync(reportFile)) reportedAt = Date.now();
			const late = reportedAt !== undefined && Date.now() - reportedAt > GRACE_MS;
			if (late || Date.now() > end) child.kill('SIGKILL');
		}, 1000);
		child.once('exit', () => {
			clearInterval(watch);
			resolve();
		});
	});
}

/** What the tests need besides Node, and a line for each that is not to be had. */
async function prepareEverything() {
	const missing = [];
	const stops = [];
	const env = {};
	const postgres = await findPostgres();
	if (postgres === undefined) {
		missing.push({ what: 'PostgreSQL', tests: /PostgreSQL/ });
		env.DATA_IMPORT_POSTGRES = 'missing';
	} else {
		Object.assign(env, postgres.env);
		stops.push(postgres.stop);
	}
	const mariaDb = await findMariaDb();
	if (mariaDb === undefined) {
		missing.push({ what: 'MariaDB', tests: /MariaDB/ });
		env.DATA_IMPORT_MARIADB = 'missing';
	} else {
		Object.assign(env, mariaDb.env);
		stops.push(mariaDb.stop);
	}
	const chromium = await findChromium();
	if (chromium === undefined) {
		missing.push({ what: 'Chromium', tests: /canvas/ });
		env.DATA_IMPORT_CHROMIUM = 'missing';
	} else {
		env.DATA_IMPORT_CHROMIUM = chromium;
	}
	await installN8n();
	await prepareN8n(join(workFolder, 'test-user'));
	return { env, missing, stop: async () => await Promise.all(stops.map((stop) => stop())) };
}

function printCounts({
	numPassedTests,
	numFailedTests,
	numPendingTests,
	numRuntimeErrorTestSuites,
}) {
	// a file that cannot even be loaded has no tests to count, and must not pass unseen
	const failed = numFailedTests + numRuntimeErrorTestSuites;
	console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
	return failed === 0 && numPassedTests > 0;
}

function printSkipped(report, missing) {
	const skipped = report.testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status === 'pending');
	for (const { what, tests } of missing) {
		const count = skipped.filter(({ fullName }) => tests.test(fullName)).length;
		console.log(
			`${count} tests skipped: no ${what} is to be had here, and it could not be installed.`,
		);
	}
}

/**
 * Everything runs in two parts: what needs nothing but Node side by side, what shares servers and a browser one by one. A
 * choice of tests runs in one part.
 *
 * @returns undefined when a part ended without a report
 */
async function runAll() {
	if (kind !== 'all' || jestArguments.length > 0) {
		const projects = kind === 'all' ? [] : ['--selectProjects', kind];
		const inOrder = kind === 'all' ? ['--runInBand'] : [];
		// the projects come last: jest takes every word behind them for one more
		return await runJest([...inOrder, ...jestArguments, ...projects], ready.env);
	}
	const reports = [
		await runJest(['--maxWorkers=2', '--selectProjects', 'unit', 'execution-engine'], ready.env),
		await runJest(['--runInBand', '--selectProjects', 'servers', 'n8n', 'canvas'], ready.env),
	];
	if (reports.includes(undefined)) return undefined;
	const sum = (count) => reports.reduce((total, report) => total + report[count], 0);
	return {
		numPassedTests: sum('numPassedTests'),
		numFailedTests: sum('numFailedTests'),
		numPendingTests: sum('numPendingTests'),
		numRuntimeErrorTestSuites: sum('numRuntimeErrorTestSuites'),
		testResults: reports.flatMap(({ testResults }) => testResults),
	};
}

await installPackages();
let ready = { env: {}, missing: [], stop: async () => {} };
if (kind === 'all') ready = await prepareEverything();
try {
	const report = await runAll();
	if (report === undefined) {
		console.log('The tests ended without a report.');
		console.log('0 passed, 1 failed, 0 skipped');
		process.exitCode = 1;
	} else {
		printSkipped(report, ready.missing);
		process.exitCode = printCounts(report) ? 0 : 1;
	}
} finally {
	await ready.stop();
}
