/* The product itself, as built. */
import engine from '../../../dist/engine/index.js';

/** A file of a format that this build does not read is left out, and no error. */
async function open(path) {
	try {
		return await engine.openFile(path);
	} catch (error) {
		if (error.code !== 'FILE_FORMAT' && error.code !== 'FILE_UNREADABLE') throw error;
		return undefined;
	}
}

async function readWith(path, see, addSteps) {
	const opened = await open(path);
	if (opened === undefined) return { missing: 'this build has no reader for it' };
	const dataset = addSteps(opened);
	for await (const { rows, rejected } of engine.run(dataset)) {
		for (const { cells } of rows) see(cells);
		if (rejected.length > 0) throw new Error(rejected[0].issues[0].message);
	}
	await engine.close(dataset);
	return {};
}

/** Rows as they stand in the file. */
export const plain = { read: (path, see) => readWith(path, see, (dataset) => dataset) };

/** Every cell of every column is brought into the type that its column was found to have. */
export const typed = {
	read: (path, see) =>
		readWith(path, see, (dataset) => {
			const columns = dataset.source.columns.map(({ name, type }) => ({ name, type }));
			return engine.addStep(dataset, engine.fitStep({ columns }));
		}),
};
