/* Lets a process or a thread of its own load TypeScript, compiled as the tests are. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

Module._extensions['.ts'] = (module, filename) => {
	const { code } = transformSync(readFileSync(filename, 'utf8'), {
		filename,
		jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' },
		module: { type: 'commonjs', ignoreDynamic: true },
		sourceMaps: 'inline',
		swcrc: false,
	});
	module._compile(code, filename);
};
