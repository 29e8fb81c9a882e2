/** An error of SQLite, with its extended result code. */
export class SqliteError extends Error {
	override readonly name = 'SqliteError';

	constructor(
		message: string,
		/** https://www.sqlite.org/rescode.html */
		readonly resultCode: number | undefined,
	) {
		super(message);
	}
}
