/**
 * `npm run n8n`: n8n's editor on this machine, with the package loaded, the example workflows
 * imported, and a SQLite database they can write to. Runs until Ctrl-C.
 *
 * What a person changes in the editor is kept: an example is imported once, and again only when
 * its file changed and the copy in the editor did not.
 */
import { join } from 'node:path';
import { exampleNames, prepareExamples, readExample, sqliteCredentials } from './examples.mjs';
import { firstFreePort } from './free-ports.mjs';
import { importByCli, importedInto, remember } from './imported.mjs';
import { prepareN8n } from './install.mjs';
import { workFolder } from './paths.mjs';
import { N8nServer, owner } from './server.mjs';
import { hashOf } from './stamp.mjs';

const userFolder = join(workFolder, 'editor');

async function find(server, workflowId) {
	try {
		return await server.api('GET', `/workflows/${workflowId}`);
	} catch (error) {
		// n8n does not tell "no such workflow" from "not yours"
		if (error.status === 404 || error.status === 403) return undefined;
		throw error;
	}
}

const contentOf = ({ name, nodes, connections, settings }) => ({
	name,
	nodes,
	connections,
	settings,
});

/** Recognises a workflow as n8n keeps it: its version id does not tell of a new name or settings. */
const copyOf = (workflow) => hashOf(JSON.stringify(contentOf(workflow)));

async function importExample(server, workflow) {
	const key = `workflow ${workflow.id}`;
	const hash = hashOf(JSON.stringify(workflow));
	const earlier = importedInto(userFolder)[key];
	if (earlier?.hash === hash) return;
	const current = await find(server, workflow.id);
	// deleted by the person, or changed
	if (earlier && (!current || copyOf(current) !== earlier.copy)) return;
	if (!current) await server.importWorkflow(workflow);
	else if (earlier) await server.api('PATCH', `/workflows/${workflow.id}`, contentOf(workflow));
	const copy = copyOf(await find(server, workflow.id));
	remember(userFolder, key, { hash, copy });
	console.log(`imported the workflow "${workflow.name}"`);
}

async function edit() {
	await prepareN8n(userFolder);
	const database = await prepareExamples(userFolder);
	const workflows = exampleNames().map((name) => readExample(name, userFolder));
	await importByCli('credentials', sqliteCredentials(workflows, database), userFolder);

	console.log('starting n8n ...');
	const port = await firstFreePort(Number(process.env.N8N_PORT) || 5678);
	const server = await N8nServer.start({ userFolder, port });
	let stopping = false;
	const stop = () => {
		if (stopping) return;
		stopping = true;
		console.log('\nstopping n8n ...');
		server.stop();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

	for (const workflow of workflows) await importExample(server, workflow);
	console.log(
		[
			'',
			`n8n          ${server.url}`,
			`login        ${owner.email}   ${owner.password}`,
			`files        ${server.filesFolder}`,
			`database     ${database}`,
			'',
			'Ctrl-C ends it.',
		].join('\n'),
	);
	const { status, signal } = await server.ended;
	if (!stopping) {
		throw new Error(`n8n ended by itself (${signal ?? `status ${status}`}).\n${server.logTail()}`);
	}
}

try {
	await edit();
} catch (error) {
	console.error(`\nn8n could not be run. ${error.message}`);
	process.exitCode = 1;
}
