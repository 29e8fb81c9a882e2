import type { Severity } from './issue';

/** What docs/errors.md says about a code: what happened, why it happens, what to do. */
export interface CatalogueEntry {
	severity: Severity;
	title: string;
	cause: string;
	fix: string;
}

const entry = (severity: Severity, title: string, cause: string, fix: string): CatalogueEntry => ({
	severity,
	title,
	cause,
	fix,
});

/** Every code the product can give. Codes are stable: workflows may branch on them. */
export const catalogue = {
	FILE_EMPTY: entry(
		'error',
		'The file holds no rows',
		'The file has no bytes, only blank lines, or its sheet holds no cells.',
		'Check the export that made the file and send it again.',
	),
	FILE_NO_RECORDS: entry(
		'error',
		'The document holds no records',
		'The JSON document is valid, but it is an empty list, an empty object, or a single number, text or word.',
		'Check the export that made the file: records are objects in an array.',
	),
	FILE_AMBIGUOUS: entry(
		'error',
		'The archive holds several tables',
		'A zip archive is read when it holds one table. It holds several, and which one is meant cannot be told.',
		'Name the file in the options (File in Archive), or unpack the archive and import its files one by one.',
	),
	FILE_PARTLY_READ: entry(
		'warning',
		'A part of the file is not read',
		'Beside what was read, the file holds something else: another table above or below, other elements, other sheets. The message names it.',
		'Nothing need be done if it is not wanted. Else import the file once more with the setting that leads there, such as Table, Sheet or Record Path.',
	),
	FILE_RECORDS_AMBIGUOUS: entry(
		'warning',
		'The document holds several lists of records',
		'One of several lists in a JSON or XML document was taken for the records. The message names the others.',
		'Set Record Path if another list is meant.',
	),
	FILE_NO_ROWS: entry(
		'warning',
		'The file holds names of columns and no rows',
		'Below the header the file is empty.',
		'Check the export if rows were to be expected. If the one row of the file is data, set Header Row to 0.',
	),
	FILE_UNREADABLE: entry(
		'error',
		'The file cannot be read',
		'The file is damaged, was cut off while it was copied, or its parts contradict each other.',
		'Open the file in the program that made it, save it again and repeat the import.',
	),
	FILE_FORMAT: entry(
		'error',
		'The format is not supported',
		'The content is no table in a format that can be read, whatever the file name says, or it is not the format that was chosen.',
		'Save the file as CSV or XLSX, or choose the format that it really has.',
	),
	FILE_FORMAT_MISMATCH: entry(
		'warning',
		'The file name says another format than the content',
		'The ending of the file name does not fit what the file holds. The content decides.',
		'Nothing need be done; rename the file if the ending confuses people.',
	),
	FILE_ENCODING: entry(
		'warning',
		'The encoding is doubtful',
		'Some bytes are not valid in the encoding that was chosen or found.',
		'Set Encoding by hand if accents or umlauts look wrong in the preview.',
	),
	FILE_ENCRYPTED: entry(
		'error',
		'The file is password-protected',
		'The workbook is encrypted. Its cells cannot be read without the password.',
		'Open it in Excel, remove the password, save it and send it again.',
	),
	FILE_SHEET: entry(
		'error',
		'The sheet does not exist',
		'The workbook has no sheet with the chosen name or position.',
		'Choose one of the sheets that the message lists.',
	),
	FILE_SHEET_DIFFERS: entry(
		'warning',
		'A sheet has other columns than the others',
		'Several sheets are read as one table, and a sheet has no column in common with them. It is not read.',
		'Nothing need be done if the sheet holds something else. If it belongs to the table, give its columns the same names.',
	),
	FILE_TOO_LARGE: entry(
		'error',
		'A part of the file is larger than the limit',
		'A packed part unpacks to more than the limit, as in a zip bomb, or a single record is larger than the limit.',
		'If the file is genuine, raise Largest Record or Largest Unpacked Size in the options of Parse Spreadsheet.',
	),
	HEADER_MISSING: entry(
		'error',
		'The header row is not there',
		'The row that was named as the header lies behind the end of the file.',
		'Set Header to Detect, or to the number of the row that holds the column names.',
	),
	HEADER_DUPLICATE: entry(
		'warning',
		'Two columns have the same name',
		'The header names a column twice. The later one gets a number behind its name, so that no value is lost.',
		'Rename one of the columns in the file if the mapping by name takes the wrong one.',
	),
	HEADER_BLANK: entry(
		'warning',
		'A column has no name',
		'The header cell of the column is empty. The column is named after its position.',
		'Give the column a name in the file.',
	),
	ROW_SHORT: entry(
		'warning',
		'The row has fewer cells than the header',
		'Cells are missing at the end of the row. They are read as empty.',
		'Check the row in the file: a missing separator moves values into the wrong columns.',
	),
	ROW_LONG: entry(
		'error',
		'The row has more cells than the header',
		'The row holds values behind the last column, often because of a separator inside an unquoted text. Its values may stand in the wrong columns.',
		'Put quotes around the text that holds the separator, or remove the extra cells.',
	),
	ROW_BLANK: entry(
		'info',
		'The row holds nothing but blanks',
		'All cells of the row are empty or hold blanks that cannot be seen.',
		'Nothing need be done.',
	),
	ROW_FOOTER: entry(
		'info',
		'The row stands below the records and is none',
		'The last rows of the file hold totals or notes, such as “Total” or “Source: ...”.',
		'Nothing need be done. Set Footer to Keep if the row is a record.',
	),
	ROW_HEADER: entry(
		'info',
		'The row repeats the header',
		'The row holds the names of the columns again, as in files that were put together from several.',
		'Nothing need be done.',
	),
	ROW_MALFORMED: entry(
		'error',
		'The row cannot be read',
		'A quote is never closed, a JSON line is broken, or a record is larger than the limit. Reading goes on at the next line.',
		'Repair the row in the file; the issue quotes how it begins.',
	),
	ROW_HIDDEN: entry(
		'info',
		'The row is hidden',
		'The workbook hides the row, by hand or by a filter, and hidden rows are set to be skipped.',
		'Set Hidden Rows to Read if the row is to be imported.',
	),
	ROW_QUOTES: entry(
		'warning',
		'The quotes of the row are not sound',
		'A quote stands where none can stand, inside a cell or before more text, or is never closed. The row is read as the number of its columns suggests.',
		'Look at the row in the file. Inside a quoted cell a quote is written twice.',
	),
	ROW_COMMENT: entry(
		'info',
		'The line is a comment',
		'The line begins with the sign that begins the comments of the file, so it is no row.',
		'Nothing need be done; if the line is data, say in the options that the file has no comments.',
	),
	ROW_FILTERED: entry(
		'info',
		'The row was filtered out',
		'A filter of the Transform node keeps the row from being imported.',
		'Nothing need be done if the filter is meant so.',
	),
	ROW_DUPLICATE: entry(
		'info',
		'The row is a duplicate',
		'Another row of the file is the same in the columns that Remove Duplicates compares.',
		'Nothing need be done if the rows are meant to be one; else compare more columns.',
	),
	ROW_GROUPED: entry(
		'info',
		'The row is part of a group',
		'Group and Aggregate, or Rows to Columns, makes one row of several. The issue names the row that stands for them.',
		'Nothing need be done.',
	),
	CELL_REQUIRED: entry(
		'error',
		'A required value is missing',
		'The cell is empty, and the field needs a value.',
		'Fill the cell, or give the field a default.',
	),
	CELL_NUMBER: entry(
		'error',
		'The value is not a number',
		'The cell does not hold a number in the notation that the column uses.',
		'Correct the cell, or set the decimal sign of the field.',
	),
	CELL_DATE: entry(
		'error',
		'The value is not a date',
		'The cell does not hold a date in the order that the column uses, or the day does not exist.',
		'Correct the cell, or set the date format of the field.',
	),
	CELL_DATE_AMBIGUOUS: entry(
		'error',
		'The order of day and month cannot be told',
		'Every date of the column fits both day-first and month-first, so any choice would be a guess.',
		'Set the date format of the field.',
	),
	CELL_NUMBER_AMBIGUOUS: entry(
		'error',
		'The decimal sign cannot be told',
		'Every number of the column fits both a decimal comma and a decimal point, so any choice would be a guess.',
		'Set the decimal sign of the field.',
	),
	CELL_BOOLEAN: entry(
		'error',
		'The value is neither true nor false',
		'The cell holds a word that does not stand for true or false.',
		'Use true/false, yes/no, 1/0 or a value map.',
	),
	CELL_TIME: entry(
		'error',
		'The value is not a time of day',
		'The cell does not hold a time such as 09:30 or 09:30:15.',
		'Correct the cell.',
	),
	CELL_EMAIL: entry(
		'error',
		'The value is not an e-mail address',
		'The cell does not have the form name@domain.',
		'Correct the address, or map the column to a text field.',
	),
	CELL_PATTERN: entry(
		'error',
		'The value does not fit the pattern',
		'The regular expression of the operation or of the field finds nothing in the cell.',
		'Correct the cell, or the pattern.',
	),
	CELL_PHONE: entry(
		'error',
		'The value is not a phone number',
		'The cell has too few or too many digits, or holds other text.',
		'Correct the number, or map the column to a text field.',
	),
	CELL_ADDRESS: entry(
		'error',
		'The value is not an address that can be taken apart',
		'Neither a postal code nor a house number was found in the cell.',
		'Correct the address, set its country, or let Split Address leave the columns empty.',
	),
	CELL_URL: entry(
		'error',
		'The value is not a web address',
		'The cell does not have the form https://host/path.',
		'Correct the address, or map the column to a text field.',
	),
	CELL_JSON: entry(
		'error',
		'The value is not valid JSON',
		'The field holds JSON, and the cell cannot be read as such.',
		'Correct the cell.',
	),
	CELL_OPTION: entry(
		'error',
		'The value is not in the list',
		'The value map or option list does not know the value.',
		'Add the value to the map, or correct the cell.',
	),
	CELL_LENGTH: entry(
		'error',
		'The text is too long',
		'The text has more characters than the column of the table can hold.',
		'Shorten the text or widen the column.',
	),
	CELL_RANGE: entry(
		'error',
		'The number is out of range',
		'The number is larger or more exact than the column of the table can hold.',
		'Correct the number or widen the column.',
	),
	CELL_FORMULA_ERROR: entry(
		'error',
		'The cell holds a formula error',
		'The formula of the cell ends in an error such as #REF! or #DIV/0!.',
		'Repair the formula in the workbook.',
	),
	CELL_EXPRESSION: entry(
		'error',
		'The expression fails on this row',
		'The JSONata expression cannot be evaluated with the values of the row, or takes too long.',
		'Correct the expression or the values it works on.',
	),
	MATCH_BLANK_KEY: entry(
		'error',
		'The key of the row is empty',
		'A field that rows are matched on is empty, so the record it belongs to cannot be told.',
		'Fill the key, or choose to insert rows without a key.',
	),
	MATCH_SEVERAL: entry(
		'error',
		'The row matches several records',
		'The table holds more than one record with the key of the row.',
		'Match on more fields, or remove the duplicates from the table.',
	),
	MATCH_FOUND: entry(
		'info',
		'A matching record is already there',
		'The record is in the table, and the import is set to skip such rows or to refuse them.',
		'Choose Update for matching rows if they should be written.',
	),
	MATCH_NONE: entry(
		'info',
		'No matching record was found',
		'The record is not in the table, and the import is set to skip such rows or to refuse them.',
		'Choose Insert for rows without a match if they should be written.',
	),
	MATCH_DUPLICATE_IN_FILE: entry(
		'info',
		'The file holds the record more than once',
		'Another row of the file has the same key. One of them is imported, the others are skipped, as the setting says.',
		'Remove the duplicate from the file, or change how duplicates in the file are treated.',
	),
	WRITE_UNIQUE: entry(
		'error',
		'The value must be unique and is taken',
		'Another record of the table has the value in a column that must be unique.',
		'Match on that column, or correct the value.',
	),
	WRITE_FOREIGN_KEY: entry(
		'error',
		'The record referred to does not exist',
		'A foreign key of the table points to a record that is not there.',
		'Import the other table first, or correct the value.',
	),
	WRITE_NOT_NULL: entry(
		'error',
		'The table needs a value',
		'A column of the table may not be empty, and the row has no value for it.',
		'Map a column to it, fill the cell or give it a default.',
	),
	WRITE_CHECK: entry(
		'error',
		'A rule of the table refuses the row',
		'A check constraint of the table does not hold for the values of the row.',
		'Correct the values, or the rule.',
	),
	WRITE_TYPE: entry(
		'error',
		'The table refuses the value',
		'The database cannot store the value in the type of the column.',
		'Correct the value, or map another column.',
	),
	WRITE_REFUSED: entry(
		'error',
		'The database refused the row',
		'The database gave a reason of its own, for instance from a trigger. The message quotes it.',
		'Read the reason of the database.',
	),
	WRITE_DENIED: entry(
		'error',
		'The database does not permit the write',
		'The user of the credential has no right to do this.',
		'Grant the right to the user, or use another credential.',
	),
	RUN_CONNECTION: entry(
		'error',
		'The database cannot be reached',
		'The server does not answer, refuses the login, or the connection was lost.',
		'Test the credential, and look whether the server runs.',
	),
	RUN_NO_TABLE: entry(
		'error',
		'The table does not exist',
		'The database has no table with that name, or the user of the credential may not see it.',
		'Choose a table from the list.',
	),
	RUN_NO_COLUMN: entry(
		'error',
		'A column is not there',
		'A setting names a column that the file or the table does not have.',
		'Choose one of the columns that the message lists.',
	),
	RUN_NO_MAPPING: entry(
		'error',
		'Nothing is mapped',
		'No column of the file is mapped to a field, so there is nothing to import.',
		'Open Map Fields and choose a column for at least one field.',
	),
	RUN_CONFIG: entry(
		'error',
		'A setting is wrong',
		'A parameter of a node is missing or contradicts another.',
		'Correct the parameter that the message names.',
	),
	RUN_ITEM_LIMIT: entry(
		'error',
		'Too many rows for items',
		'n8n keeps every item in memory, so rows are given as items only up to a limit.',
		'Set Output to Dataset, or raise the limit.',
	),
	RUN_CANCELLED: entry(
		'error',
		'The run was cancelled',
		'The execution was stopped before all rows were read. Nothing was written.',
		'Start it again.',
	),
	RUN_FILE_ALREADY_IMPORTED: entry(
		'info',
		'The file was imported before',
		'A file with the same content was already imported into this table.',
		'Set Same File Again to Import to import it once more.',
	),
} as const satisfies Record<string, CatalogueEntry>;

export type IssueCode = keyof typeof catalogue;
