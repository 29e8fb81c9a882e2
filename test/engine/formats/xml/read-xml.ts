import { MemoryBytes, type Cell, type RejectedRow, type ReadOptions } from '../../../../engine';
import { xmlReader } from '../../../../engine/formats/xml';

/** Reads all of an XML file through its reader. */
export async function readXml(content: string | Uint8Array, options: ReadOptions = {}) {
	const bytes = new MemoryBytes(typeof content === 'string' ? Buffer.from(content) : content);
	const source = await xmlReader.open(bytes, options);
	const rows: Cell[][] = [];
	const numbers: number[] = [];
	const rejected: RejectedRow[] = [];
	for await (const batch of xmlReader.read(bytes, source, 100)) {
		rows.push(...batch.rows.map(({ cells }) => cells));
		numbers.push(...batch.rows.map(({ number }) => number));
		rejected.push(...batch.rejected);
	}
	const decided = (subject: string) =>
		source.decisions.find((decision) => decision.subject === subject)?.value;
	return {
		source,
		columns: source.columns.map(({ name }) => name),
		rows,
		numbers,
		rejected,
		decided,
	};
}
