/**
 * Makes everything ready to run the package in the pinned n8n: packages, n8n, the build, the
 * tarball, and the tarball loaded into a user folder.
 *
 * Every step looks first whether there is anything to do (milliseconds), says one line when there
 * is, and throws an error that carries the end of what the failing program printed. Only what Node
 * 20 has built in is used: a fresh clone has no packages yet.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cp, link, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand } from './command.mjs';
import { withLock } from './lock.mjs';
import {
	hostFolder,
	n8nProgram,
	node24,
	packageName,
	readJson,
	repository,
	withOwnTools,
	withoutOwnTools,
	workFolder,
} from './paths.mjs';
import { hashOf, hashOfFiles, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const inRepository = (...names) => names.map((name) => join(repository, name));

const minute = 60_000;

/** Runs one step unless it is done already; two processes that need it do not run it twice. */
async function step({ name, isDone, message, failure, run }) {
	if (isDone()) return;
	await withLock(name, async () => {
		if (isDone()) return;
		console.log(message);
		try {
			await run();
		} catch (error) {
			throw new Error(`${failure} ${error.message}`, { cause: error });
		}
	});
}

/** Whether npm installed what the lock file says; optional parts, for other systems, may be missing. */
function packagesMatchLock() {
	try {
		const wanted = readJson(join(repository, 'package-lock.json')).packages;
		const installed = readJson(join(repository, 'node_modules/.package-lock.json')).packages;
		return Object.entries(wanted).every(
			([path, { version, optional }]) =>
				path === '' || (installed[path] ? installed[path].version === version : optional),
		);
	} catch {
		return false;
	}
}

/**
 * Installs the repository's own packages with npm, which must be on the machine.
 *
 * `npm install` and not `npm ci`: it takes the versions of the lock file too, but replaces only
 * what differs, and accepts a lock file that leaves out builds for other systems.
 */
export async function installPackages() {
	await step({
		name: 'install-packages',
		isDone: () => existsSync(node24) && packagesMatchLock(),
		message: 'installing packages ...',
		failure: 'The packages could not be installed.',
		async run() {
			const options = { cwd: repository, env: withoutOwnTools() };
			await runCommand('npm', ['install', '--no-save', '--no-audit', '--no-fund'], options);
			// .npmrc keeps packages from running scripts; that of "node" fetches the program itself
			if (!existsSync(node24)) {
				await runCommand('npm', ['rebuild', 'node', '--ignore-scripts=false'], options);
			}
			if (!existsSync(node24)) {
				throw new Error('npm did not run the script of the package "node", which brings Node 24.');
			}
		},
	});
}

/** Installs the pinned n8n with pnpm: npm cannot resolve n8n's dependencies. */
export async function installN8n() {
	const files = [join(hostFolder, 'package.json'), join(hostFolder, 'pnpm-lock.yaml')];
	const hash = hashOfFiles(files, hostFolder);
	await step({
		name: 'install-n8n',
		isDone: () => existsSync(n8nProgram) && readStamp('install-n8n') === hash,
		message: 'installing n8n (a few minutes the first time) ...',
		failure: 'n8n could not be installed.',
		async run() {
			await runCommand(
				'pnpm',
				[
					'install',
					'--frozen-lockfile',
					'--ignore-workspace',
					'--config.strict-peer-dependencies=false',
					'--config.confirm-modules-purge=false',
				],
				{
					cwd: hostFolder,
					// npm hands the settings of the root's .npmrc down; host/package.json says which scripts may run
					env: { ...withOwnTools(), npm_config_ignore_scripts: 'false' },
					timeout: 20 * minute,
				},
			);
			writeStamp('install-n8n', hash);
		},
	});
}

const sources = inRepository(
	'nodes',
	'engine',
	'credentials',
	'gulpfile.js',
	'tsconfig.json',
	'package.json',
);

/** Compiles the package into dist/. */
export async function buildPackage() {
	const hash = hashOfFiles(sources, repository);
	await step({
		name: 'build',
		isDone: () => existsSync(join(repository, 'dist')) && readStamp('build') === hash,
		message: 'building the nodes ...',
		failure: 'The build failed.',
		async run() {
			removeStamp('build');
			await runCommand('npm', ['run', '--silent', 'build'], {
				cwd: repository,
				env: withOwnTools(),
				timeout: 5 * minute,
			});
			writeStamp('build', hash);
		},
	});
}

/**
 * Packs what would be published.
 *
 * @returns {Promise<string>} the path of the tarball
 */
export async function packPackage() {
	const { version } = readJson(join(repository, 'package.json'));
	const tarball = join(workFolder, 'package', `${packageName}-${version}.tgz`);
	const hash = hashOfFiles(
		inRepository('dist', 'LICENSE', 'README.md', 'package.json'),
		repository,
	);
	await step({
		name: 'pack',
		isDone: () => existsSync(tarball) && readStamp('pack') === hash,
		message: 'packing ...',
		failure: 'The package could not be packed.',
		async run() {
			rmSync(dirname(tarball), { recursive: true, force: true });
			mkdirSync(dirname(tarball), { recursive: true });
			await runCommand(
				'npm',
				['pack', '--ignore-scripts', '--pack-destination', dirname(tarball)],
				{ cwd: repository, env: withOwnTools(), timeout: 5 * minute },
			);
			writeStamp('pack', hash);
		},
	});
	return tarball;
}

/** What n8n itself takes out of a community package before it installs its dependencies. */
const leftOut = ['devDependencies', 'peerDependencies', 'optionalDependencies'];

const asN8nInstallsIt = (manifest) =>
	Object.fromEntries(Object.entries(manifest).filter(([field]) => !leftOut.includes(field)));

const keptDependencies = 3;

function removeOldDependencies(folder) {
	const byAge = readdirSync(folder)
		.filter((name) => existsSync(join(folder, name, 'installed')))
		.map((name) => ({ name, time: Number(readJson(join(folder, name, 'installed'))) }))
		.sort((a, b) => b.time - a.time);
	for (const { name } of byAge.slice(keptDependencies)) {
		rmSync(join(folder, name), { recursive: true, force: true });
	}
}

/**
 * Installs the package's run-time dependencies the way n8n does, once for every set of them.
 *
 * @returns {Promise<string>} the node_modules folder
 */
async function installDependencies(manifest) {
	const { dependencies, overrides } = manifest;
	const folder = join(workFolder, 'dependencies');
	const installation = join(folder, hashOf(JSON.stringify([dependencies, overrides])));
	await step({
		name: 'dependencies',
		isDone: () => existsSync(join(installation, 'installed')),
		message: "installing the nodes' run-time dependencies ...",
		failure: "The nodes' run-time dependencies could not be installed.",
		async run() {
			rmSync(installation, { recursive: true, force: true });
			mkdirSync(join(installation, 'node_modules'), { recursive: true });
			writeFileSync(join(installation, 'package.json'), JSON.stringify(asN8nInstallsIt(manifest)));
			const options = [
				'--omit=dev',
				'--omit=peer',
				'--ignore-scripts',
				'--install-strategy=shallow',
				'--package-lock=false',
				'--no-audit',
				'--no-fund',
				'--bin-links=false',
			];
			await runCommand('npm', ['install', ...options], {
				cwd: installation,
				env: withOwnTools(),
			});
			writeFileSync(join(installation, 'installed'), String(Date.now()));
			removeOldDependencies(folder);
		},
	});
	return join(installation, 'node_modules');
}

/** Hard links cost neither time nor space; where a link cannot be made the file is copied. */
async function linkFolder(from, to) {
	await mkdir(to, { recursive: true });
	for (const entry of await readdir(from, { withFileTypes: true })) {
		const source = join(from, entry.name);
		const target = join(to, entry.name);
		if (entry.isDirectory()) await linkFolder(source, target);
		else await link(source, target).catch(() => cp(source, target));
	}
}

/**
 * A user folder inside the repository would find the repository's own copy of n8n-workflow before
 * n8n's, and two copies do not know each other's error classes. Elsewhere n8n's is found by itself.
 */
async function offerN8nWorkflow(nodeModules) {
	const n8nFolder = dirname(dirname(await realpath(n8nProgram)));
	const n8nWorkflow = join(dirname(n8nFolder), 'n8n-workflow');
	const target = join(nodeModules, 'n8n-workflow');
	rmSync(target, { recursive: true, force: true });
	await symlink(n8nWorkflow, target, 'junction');
}

/**
 * Loads the packed package into a user folder, in place of an earlier version of it.
 *
 * @param {string} userFolder n8n's user folder; made when it does not exist
 * @param {string} [tarball] as `packPackage` returned it; packed now when not given
 * @returns {Promise<string>} the folder of the loaded package
 */
export async function loadPackage(userFolder, tarball) {
	tarball ??= await packPackage();
	const nodeModules = join(userFolder, '.n8n/nodes/node_modules');
	const target = join(nodeModules, packageName);
	const loadedFile = join(target, '.loaded');
	const hash = hashOfFiles([tarball], dirname(tarball));
	if (existsSync(loadedFile) && readJson(loadedFile) === hash) return target;

	const unpacked = `${target}.unpacked-${process.pid}`;
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	try {
		await runCommand('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], {
			cwd: nodeModules,
			timeout: 2 * minute,
		});
		const manifest = readJson(join(unpacked, 'package.json'));
		const dependencies = await installDependencies(manifest);
		await linkFolder(dependencies, join(unpacked, 'node_modules'));
		writeFileSync(
			join(unpacked, 'package.json'),
			JSON.stringify(asN8nInstallsIt(manifest), null, '\t'),
		);
		await offerN8nWorkflow(nodeModules);
		writeFileSync(join(unpacked, '.loaded'), JSON.stringify(hash));
		rmSync(target, { recursive: true, force: true });
		renameSync(unpacked, target);
	} finally {
		rmSync(unpacked, { recursive: true, force: true });
	}
	return target;
}

/**
 * All steps in their order.
 *
 * @param {string} [userFolder] the user folder to load the package into; none when not given
 */
export async function prepareN8n(userFolder) {
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Error(`Node 20 or newer is needed; this is Node ${process.versions.node}.`);
	}
	await installPackages();
	await installN8n();
	await buildPackage();
	const tarball = await packPackage();
	if (userFolder) await loadPackage(userFolder, tarball);
}
