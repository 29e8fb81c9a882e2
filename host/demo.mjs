/**
 * `npm run demo`: imports a file of contacts into a SQLite table with a real n8n, without a
 * browser, and shows what was decided, what happened to every row, and the table.
 *
 * The table is kept: a second run finds the rows there and leaves them unchanged. The last line
 * printed is the six counts as JSON.
 */
import { join } from 'node:path';
import { runCli } from './cli.mjs';
import { tailOf } from './command.mjs';
import { prepareExamples, readExample, runNode, sqliteCredentials } from './examples.mjs';
import { importByCli } from './imported.mjs';
import { prepareN8n } from './install.mjs';
import { workFolder } from './paths.mjs';
import { errorOf, jsonOf } from './run-data.mjs';
import { textTable } from './text-table.mjs';

const userFolder = join(workFolder, 'demo');

const outcomes = ['inserted', 'updated', 'unchanged', 'skipped', 'failed', 'unprocessed'];

const heading = (text) => console.log(`\n${text}\n${'='.repeat(text.length)}`);

function showDecisions(run) {
	const decisions = jsonOf(run, 'Parse Spreadsheet')[0]?.decisions;
	if (!decisions) throw new Error('The node "Parse Spreadsheet" gave no decisions.');
	heading('What was decided about the file');
	const rows = Object.entries(decisions).map(([about, decided]) => ({ about, decided }));
	console.log(textTable(rows, ['about', 'decided']));
}

function showOutcome(run) {
	const summary = jsonOf(run, 'Match & Upsert', 0)[0];
	const missing = ['rows', ...outcomes].filter((count) => typeof summary?.[count] !== 'number');
	if (missing.length > 0) {
		throw new Error(`The summary of "Match & Upsert" has no ${missing.join(', ')}.`);
	}
	heading(`What happened to the ${summary.rows} rows`);
	console.log(textTable([summary], outcomes));

	const failed = jsonOf(run, 'Match & Upsert', 2);
	if (failed.length > 0) {
		heading('Rows that failed, and why');
		console.log(textTable(failed, ['row', 'code', 'column', 'value', 'message']));
	}
	return Object.fromEntries(['rows', ...outcomes].map((count) => [count, summary[count]]));
}

async function execute(workflow) {
	const args = ['execute', `--id=${workflow.id}`, '--rawOutput'];
	const { status, output, run } = await runCli(args, { userFolder });
	const error = errorOf(run);
	if (error) {
		const where = error.node?.name ? ` in the node "${error.node.name}"` : '';
		throw new Error(
			`The workflow failed${where}: ${[error.message, error.description].filter(Boolean).join(' ')}`,
		);
	}
	if (status !== 0 || !run) throw new Error(`n8n could not run the workflow.\n${tailOf(output)}`);
	return run;
}

async function demo() {
	await prepareN8n(userFolder);
	const database = await prepareExamples(userFolder);
	const workflow = readExample('import-contacts.json', userFolder);
	await importByCli('credentials', sqliteCredentials([workflow], database), userFolder);
	await importByCli('workflow', [workflow], userFolder);
	console.log(`running the workflow "${workflow.name}" ...`);
	const run = await execute(workflow);
	showDecisions(run);
	const counts = showOutcome(run);
	heading('The table contacts');
	process.stdout.write(await runNode('show-table.mjs', [database, 'contacts']));
	console.log(`\n${JSON.stringify(counts)}`);
}

try {
	await demo();
} catch (error) {
	console.error(`\nThe demo failed. ${error.message}`);
	process.exitCode = 1;
}
