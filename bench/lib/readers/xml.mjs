import { createReadStream, readFileSync } from 'node:fs';

const cells = Object.values;

/** The events of saxes put together into flat objects, and nothing more: what a reader built on it can reach. */
export const saxes = {
	cells,
	async read(path, see) {
		const { SaxesParser } = await import('saxes');
		const parser = new SaxesParser();
		let depth = 0;
		let record = {};
		let text = '';
		parser.on('opentag', () => {
			if (++depth === 2) record = {};
			text = '';
		});
		parser.on('text', (piece) => {
			if (depth === 3) text += piece;
		});
		parser.on('closetag', ({ name }) => {
			if (depth === 3) record[name] = text;
			else if (depth === 2) see(record);
			depth--;
		});
		for await (const chunk of createReadStream(path, 'utf8')) parser.write(chunk);
		parser.close();
		return {};
	},
};

export const fastXmlParserWhole = {
	cells,
	async read(path, see) {
		const { XMLParser } = await import('fast-xml-parser');
		const parser = new XMLParser({ parseTagValue: false, trimValues: false });
		[parser.parse(readFileSync(path, 'utf8')).customers.customer].flat().forEach(see);
		return {};
	},
};
