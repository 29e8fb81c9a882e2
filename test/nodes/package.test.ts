import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

const source = (built: string) => join(root, built.replace(/^dist\//, '').replace(/\.js$/, ''));

/** n8n makes an instance of the class that is named like its file. */
function instance(built: string): unknown {
	const className = basename(built).split('.')[0] ?? '';
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- the list is in package.json, as n8n reads it
	const module = require(source(built)) as Record<string, new () => unknown>;
	return new module[className]!();
}

const icons = (icon: unknown): string[] =>
	Object.values(icon as Record<string, string>).map((file) => file.replace('file:', ''));

test.each(manifest.n8n.nodes)('%s can be loaded, with its icons and its codex', (built) => {
	const { description } = instance(built) as INodeType;
	const folder = join(source(built), '..');
	expect(icons(description.icon).map((file) => existsSync(join(folder, file)))).toEqual([
		true,
		true,
	]);
	const codex = JSON.parse(readFileSync(`${source(built)}.json`, 'utf8')) as Record<
		string,
		unknown
	>;
	expect(codex).toMatchObject({ node: `n8n-nodes-data-import.${description.name}`, resources: {} });
});

test.each(manifest.n8n.credentials)('%s can be loaded, with its icons', (built) => {
	const credential = instance(built) as ICredentialType;
	const folder = join(source(built), '..');
	expect(icons(credential.icon).map((file) => existsSync(join(folder, file)))).toEqual([
		true,
		true,
	]);
	expect(credential.name).toBe('sqliteFile');
});

test('every node offers the same outputs in every mode', () => {
	const outputs = manifest.n8n.nodes.map((built) =>
		((instance(built) as INodeType).description.outputs as Array<{ displayName: string }>).map(
			({ displayName }) => displayName,
		),
	);
	expect(outputs).toEqual([
		['Data', 'Preview', 'Rejected'],
		['Data', 'Preview', 'Rejected'],
		['Data', 'Preview', 'Rejected'],
		['Summary', 'Written', 'Failed'],
	]);
});
