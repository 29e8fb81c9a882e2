import { resolve } from 'node:path';
import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { ImportError, SqliteTarget } from '../../engine';
import { refuseForbiddenFile } from '../shared/file-access';

/** The Test button of the SQLite File credential. */
export async function testSqliteFile(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const path = data?.path;
	if (typeof path !== 'string' || path === '')
		return { status: 'Error', message: 'No file is named' };
	try {
		await refuseForbiddenFile(resolve(path));
		const tables = await new SqliteTarget(path).listTables();
		return { status: 'OK', message: `The file holds ${tables.length} tables` };
	} catch (error) {
		const message = error instanceof ImportError ? error.message : (error as Error).message;
		return { status: 'Error', message };
	}
}
