import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What importers are known for, by the numbers under which it was collected; a test that proves one says its number first. */
const requirements: Record<string, string> = {
	S23: 'contact information is updated, with a write policy for each field',
	S27: 'columns of the file are matched with fields of the target',
	S30: 'a mapping says how the data is applied to the fields',
	S32: 'configurations are saved for reuse',
	S41: 'intelligent column mapping',
	S53: 'the headers of the file are read',
	S54: 'the first rows are shown',
	S55: 'columns are mapped by their headers automatically',
	S56: 'each column has a status',
	S57: 'a header that differs from the name of its field is mapped',
	S58: 'a column that is not mapped is said to be',
	S59: 'what was mapped automatically can be looked over',
	S60: 'the field is chosen in a drop-down',
	S61: 'columns are marked to be skipped',
	S62: 'the next step is one step further',
	S63: 'date columns go to date fields, number columns to number fields',
	S65: 'what becomes of duplicates is a choice',
	S66: 'duplicates are skipped',
	S69: 'the field that duplicates are matched by is a choice',
	S70: 'default values for fields that the file does not have',
	S71: 'all records are assigned to one user',
	S72: 'records are assigned to users in turn',
	S81: 'a mapping is saved as a template',
	S82: 'a template is had as JSON',
	S83: 'a template has a name',
	S84: 'a template holds which column goes to which field',
	S85: 'a template is chosen, and applied to another file',
	S86: 'a template for each source of files',
	S105: 'duplicates are removed, formats mended, e-mail addresses checked',
	S124: 'this column goes to that field',
	S125: 'the target says which fields there are',
	S126: 'the right data comes to the right place',
	S127: 'a transformation is optional',
	S128: 'data is cleaned',
	S129: 'data is combined',
	S130: 'data is filtered',
	S131: 'data is restructured',
	S132: 'data is transformed before it is mapped',
	S133: 'data is brought into the format that the target requires',
	S141: 'a row becomes several records, such as three report cards of one student',
	S143: 'assessment results are imported from XML and JSON files',
	S154: 'JSON files need no step of their own',
};

/** The titles of all tests below a folder: what stands in front of the colon are numbers. */
function titlesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return titlesBelow(path);
		if (!/(\.test|-cases)\.ts$/.test(entry.name)) return [];
		const titles = readFileSync(path, 'utf8').matchAll(/\(\s*['"`](S\d+(?:, S\d+)*): /g);
		return [...titles].flatMap(([, numbers = '']) => numbers.split(', '));
	});
}

const proved = new Set(titlesBelow(join(__dirname, '..')));

test.each(Object.entries(requirements))('%s, %s, is named by a test that proves it', (number) => {
	expect(proved).toContain(number);
});
