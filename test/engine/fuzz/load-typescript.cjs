/*
 * Runs a TypeScript program of the tests in a process of its own, compiled as the tests are:
 *
 *     node load-typescript.cjs PROGRAM.ts
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve } = require('node:path');
const process = require('node:process');
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

require(resolve(process.argv[2]));
