import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const cells = Object.values;

/** A library that is compared with where it is there, and that nothing else needs. */
async function whereInstalled(name) {
	try {
		return await import(name);
	} catch (error) {
		if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
		return undefined;
	}
}

const notInstalled = (name) => ({ missing: `${name} is not installed` });

export const parseWhole = {
	cells,
	async read(path, see) {
		JSON.parse(readFileSync(path, 'utf8')).forEach(see);
		return {};
	},
};

export const readlineAndParse = {
	cells,
	async read(path, see) {
		const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
		await new Promise((resolve, reject) => {
			lines.on('line', (line) => see(JSON.parse(line)));
			lines.on('close', resolve);
			lines.input.on('error', reject);
		});
		return {};
	},
};

const streamParser = (options) => ({
	cells,
	async read(path, see) {
		const library = await whereInstalled('@streamparser/json');
		if (library === undefined) return notInstalled('@streamparser/json');
		const parser = new library.JSONParser({ keepStack: false, ...options });
		parser.onValue = ({ value }) => see(value);
		for await (const chunk of createReadStream(path)) parser.write(chunk);
		return {};
	},
});

export const streamParserArray = streamParser({ paths: ['$.*'] });

export const streamParserLines = streamParser({ paths: ['$'], separator: '\n' });
