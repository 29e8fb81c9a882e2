import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Who may import whom (docs/architecture.md). A folder of the engine may use the folders listed for it, itself and
 * libraries; the engine knows neither the nodes nor n8n.
 */
const arrows = {
	issues: [],
	dataset: ['issues'],
	formats: ['dataset', 'issues'],
	expressions: ['dataset', 'issues'],
	fields: ['expressions', 'dataset', 'issues'],
	transforms: ['expressions', 'dataset', 'issues'],
	matching: ['issues'],
	targets: ['matching', 'issues'],
	loading: ['targets', 'matching', 'dataset', 'issues'],
};

const engineZones = Object.entries(arrows).map(([folder, allowed]) => ({
	target: `${root}engine/${folder}`,
	from: `${root}engine`,
	except: [folder, ...allowed].map((name) => `./${name}`),
	message: `engine/${folder} may import only ${[folder, ...allowed].join(', ')}: see docs/architecture.md.`,
}));

const tables = Object.fromEntries(
	['sqlite', 'postgres', 'mysql', 'data-table'].map((name) => [
		name,
		`${root}engine/targets/${name}`,
	]),
);

/** A database's folder knows no other database; but Data Tables are mirrored in SQLite. */
const targetZones = Object.entries(tables).flatMap(([name, target]) =>
	Object.entries(tables)
		.filter(([other]) => other !== name && !(name === 'data-table' && other === 'sqlite'))
		.map(([other, from]) => ({
			target,
			from,
			message: `engine/targets/${name} must not know engine/targets/${other}.`,
		})),
);

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', 'host/node_modules/', '.host/', 'coverage/'] },
	js.configs.recommended,
	{
		files: ['**/*.{js,mjs}'],
		languageOptions: {
			globals: Object.fromEntries(
				[
					'process',
					'console',
					'Buffer',
					'URL',
					'setTimeout',
					'clearTimeout',
					'setInterval',
					'clearInterval',
					'fetch',
					'performance',
					'AbortSignal',
					'AbortController',
					'FormData',
					'Blob',
					'require',
					'module',
					'exports',
					'__dirname',
				].map((name) => [name, 'readonly']),
			),
		},
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: {
				projectService: { allowDefaultProject: [] },
				tsconfigRootDir: root,
			},
		},
		plugins: { 'import-x': importX },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		rules: {
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'import-x/no-restricted-paths': ['error', { zones: [...engineZones, ...targetZones] }],
			'import-x/no-cycle': 'error',
		},
	},
	{
		// what the package needs when it runs must be among its dependencies
		files: ['engine/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'import-x/no-extraneous-dependencies': [
				'error',
				{ devDependencies: false, peerDependencies: true },
			],
		},
	},
	{
		files: ['engine/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ group: ['n8n-*', '@n8n/*', '**/nodes/**'], message: 'The engine knows no n8n.' },
					],
				},
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '/engine/.+',
							message: 'Nodes use the engine through its public face, engine/index.ts.',
						},
					],
				},
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// the interface of n8n takes the plain word; the constant exists only at run time
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// a SQLite file is no API, and is not called one
			'n8n-nodes-base/cred-filename-against-convention': 'off',
			'n8n-nodes-base/cred-class-name-unsuffixed': 'off',
			'n8n-nodes-base/cred-class-field-name-unsuffixed': 'off',
			'n8n-nodes-base/cred-class-field-display-name-missing-api': 'off',
			// meant for n8n's own nodes, whose pages have short names
			'n8n-nodes-base/cred-class-field-documentation-url-not-http-url': 'off',
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/unbound-method': 'off',
			// jest's matchers (expect.stringContaining and others) are of the type any
			'@typescript-eslint/no-unsafe-assignment': 'off',
		},
	},
);
