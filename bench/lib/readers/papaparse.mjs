import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import Papa from 'papaparse';

/**
 * Papa Parse's own array speed: its core over decoded pieces of 64 KB, cells stay in its arrays, nothing is done with
 * them. It is the most that a reader built on it can reach.
 */
export const core = {
	async read(path, see) {
		const decoder = new TextDecoder();
		const dialect = { delimiter: ',', newline: '\n', quoteChar: '"', escapeChar: '"' };
		let rest = '';
		let isHeader = true;
		const parse = (text, isLast) => {
			const { data, meta } = new Papa.Parser(dialect).parse(text, 0, !isLast);
			for (const cells of data) {
				if (isHeader) isHeader = false;
				else if (cells.length > 1) see(cells);
			}
			return text.slice(meta.cursor);
		};
		for await (const chunk of createReadStream(path)) {
			rest = parse(rest + decoder.decode(chunk, { stream: true }), false);
		}
		if (rest !== '') parse(rest, true);
		return {};
	},
};

/** The documented way for large files. */
export const chunkCallback = {
	async read(path, see) {
		let isHeader = true;
		await new Promise((complete, error) => {
			Papa.parse(createReadStream(path, 'utf8'), {
				chunk({ data }) {
					for (const cells of data) {
						if (isHeader) isHeader = false;
						else if (cells.length > 1) see(cells);
					}
				},
				complete,
				error,
			});
		});
		return {};
	},
};
