import { isAbsolute } from 'node:path';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { FileBytes, ImportError, MemoryBytes, spool, type ByteSource } from '../../engine';

/**
 * The bytes of a binary property, however n8n keeps them: a file on disk is read in place, memory is used as it is, and
 * what lies in a database or a bucket is copied to a temporary file. n8n takes a file out of its database in one piece,
 * and lets go of it once it is copied.
 *
 * The binary data must come from the item itself, never from JSON: n8n lets any execution read any binary id.
 *
 * @throws ImportError FILE_UNREADABLE when n8n no longer has the file
 */
export async function binaryBytes(
	context: IExecuteFunctions,
	binary: IBinaryData,
): Promise<ByteSource> {
	if (binary.id === undefined) return new MemoryBytes(Buffer.from(binary.data, 'base64'));
	try {
		const path = context.helpers.getBinaryPath(binary.id);
		if (isAbsolute(path)) return await FileBytes.open(path);
		return await spool(await context.helpers.getBinaryStream(binary.id));
	} catch (error) {
		const name = binary.fileName === undefined ? 'The file' : `The file "${binary.fileName}"`;
		throw new ImportError(
			'FILE_UNREADABLE',
			`${name} cannot be taken from where n8n keeps it`,
			{
				hint: 'n8n deletes files together with old executions. Run the workflow again from its start.',
			},
			{ cause: error },
		);
	}
}
