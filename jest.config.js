/** Suites by what they need: nothing, a database server, n8n's execution engine, a real n8n, a real browser. */
const suite = (displayName, testMatch, more = {}) => ({
	displayName,
	rootDir: __dirname,
	testMatch,
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' },
				// the programs of host/ are ES modules: import() of them stays what it is
				module: { type: 'commonjs', ignoreDynamic: true },
			},
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.host', '<rootDir>/host/node_modules'],
	...more,
});

const inTests = (...folders) => folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`);

module.exports = {
	testTimeout: 30_000,
	projects: [
		suite('unit', inTests('engine', 'nodes', 'docs'), {
			testPathIgnorePatterns: ['\\.server\\.test\\.ts$'],
		}),
		suite('servers', ['<rootDir>/test/engine/**/*.server.test.ts']),
		suite('execution-engine', inTests('execution-engine'), {
			setupFiles: ['<rootDir>/test/execution-engine/user-folder.js'],
		}),
		suite('n8n', inTests('n8n')),
		suite('canvas', inTests('canvas')),
	],
};
