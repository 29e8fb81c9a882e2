import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What importers are known for, by the numbers under which it was collected; a test that proves one says its number first. */
const requirements: Record<string, string> = {
	S2: 'new records are added',
	S3: 'existing records are updated',
	S4: 'both are done in one import',
	S7: 'matching tells whether a record already exists',
	S8: 'the action says what happens to the data',
	S9: 'a matching record is updated',
	S10: 'a new record is created where none matches',
	S18: 'records of any kind, also those that hang on a person',
	S19: 'large amounts of data are updated at once',
	S23: 'contact information is updated, each field by its policy',
	S25: 'records of several rows for each person, found by a key of several columns',
	S27: 'columns of the file are matched with fields of the target',
	S28: 'how records are found can be controlled',
	S29: 'records are inserted, updated, or both',
	S30: 'a mapping says how the data is applied to the fields',
	S31: 'existing records are identified',
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
	S65: 'what becomes of potential duplicates is chosen',
	S66: 'duplicates are skipped',
	S67: 'duplicates overwrite existing records',
	S68: 'duplicates are created: all records are imported',
	S69: 'e-mail, phone, or name and company find duplicates',
	S70: 'default values for fields that the file does not have',
	S71: 'all records are assigned to one user',
	S72: 'records are assigned to users in turn',
	S73: 'a plan shows the first records as they would be written',
	S74: 'a plan shows which value goes to which field',
	S75: 'a plan shows what is wrong with the values',
	S76: 'a plan shows how duplicates were found: rule and candidates',
	S77: 'what was looked at is applied',
	S81: 'a mapping is saved as a template',
	S82: 'a template is had as JSON',
	S83: 'a template has a name',
	S84: 'a template holds which column goes to which field',
	S85: 'a template is chosen, and applied to another file',
	S86: 'a template for each source of files',
	S87: 'matched by e-mail',
	S88: 'matched by phone',
	S89: 'matched by name and company',
	S90: 'matched by any combination of fields',
	S91: 'records are compared with those of the target',
	S92: 'and with other rows of the file',
	S105: 'duplicates are removed, formats mended, e-mail addresses checked',
	S108: 'the values before an update are given out',
	S111: 'failed rows are downloaded as a file',
	S117: 'records are inserted or updated without a person',
	S123: 'people are identified first, and then the records that belong to them',
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
	S159: 'a configuration is tried without writing',
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
