import { isAbsolute } from 'node:path';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { FileBytes, ImportError, MemoryBytes, spool, type ByteSource } from '../../engine';

/**
 * What an item holds in a binary property. n8n's own helper would take an object in the place of the name as well, which an
 * expression may have taken from JSON.
 *
 * @throws ImportError RUN_CONFIG when the item has no such property
 */
export function binaryData(
	context: IExecuteFunctions,
	itemIndex: number,
	property: unknown,
): IBinaryData {
	if (typeof property !== 'string' || property.trim() === '') {
		throw new ImportError('RUN_CONFIG', 'The binary field is to be given by its name', {
			hint: 'Write the name itself, such as data, and no expression that gives the file.',
		});
	}
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	if (fields.includes(property)) return context.helpers.assertBinaryData(itemIndex, property);
	const names = fields.map((name) => `"${name}"`).join(', ');
	throw new ImportError(
		'RUN_CONFIG',
		`Item ${itemIndex} has no file in a binary field "${property}"`,
		{
			value: property,
			hint:
				fields.length > 0
					? `It has ${names}: set the name to the field that holds the file.`
					: 'It has no files at all. Connect the node that gives the file, and let no node between drop it.',
		},
	);
}

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
