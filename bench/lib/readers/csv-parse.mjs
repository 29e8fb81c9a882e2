import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

export const arrays = {
	async read(path, see) {
		const parser = createReadStream(path).pipe(parse({ from_line: 2, bom: true }));
		for await (const cells of parser) see(cells);
		return {};
	},
};

/** The settings and the loop of n8n's Extract from File: objects without their empty cells, all kept until the end. */
export const extractFromFile = {
	cells: Object.values,
	async read(path, see) {
		const rows = [];
		const parser = parse({
			delimiter: ',',
			encoding: 'utf-8',
			bom: true,
			skip_empty_lines: true,
			columns: true,
			onRecord: (record) => {
				rows.push(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')));
			},
		});
		parser.resume();
		await new Promise((resolve, reject) => {
			parser.on('error', reject);
			parser.on('end', resolve);
			createReadStream(path).pipe(parser);
		});
		rows.forEach(see);
		return {};
	},
};
