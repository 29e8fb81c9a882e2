import { isAbsolute } from 'node:path';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { FileBytes, MemoryBytes, spool, type ByteSource } from '../../engine';

/**
 * The bytes of a binary property, however n8n keeps them: a file on disk is read in place, memory is used as it is, and
 * what lies in a database or a bucket is copied to a temporary file.
 *
 * The binary data must come from the item itself, never from JSON: n8n lets any execution read any binary id.
 */
export async function binaryBytes(
	context: IExecuteFunctions,
	binary: IBinaryData,
): Promise<ByteSource> {
	if (binary.id === undefined) return new MemoryBytes(Buffer.from(binary.data, 'base64'));
	const path = context.helpers.getBinaryPath(binary.id);
	if (isAbsolute(path)) return await FileBytes.open(path);
	return await spool(await context.helpers.getBinaryStream(binary.id));
}
