/** `gulp build`: compiles the package and puts icons and codex files beside the compiled nodes. */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, series, src } = require('gulp');

const output = 'dist';

const clean = () => rm(output, { recursive: true, force: true });

/** Runs the compiler and lets its messages through; the returned child fails the task by its status. */
const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		cwd: __dirname,
		stdio: 'inherit',
	});

/** Icons are binary: read as text they would be damaged. */
const copyAssets = () =>
	src(['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'credentials/**/*.{svg,png}'], {
		base: '.',
		encoding: false,
	}).pipe(dest(output));

exports.build = series(clean, compile, copyAssets);
