/*
 * Runs a TypeScript program of the tests in a process of its own, compiled as the tests are:
 *
 *     node load-typescript.cjs PROGRAM.ts
 */
const { resolve } = require('node:path');
const process = require('node:process');

require('../../compile-typescript.cjs');
require(resolve(process.argv[2]));
