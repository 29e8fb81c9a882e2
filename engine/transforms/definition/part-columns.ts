import { ImportError } from '../../issues';

/** A part of a value and the column that it is written into. */
interface NamedPart<P extends string> {
	part: P;
	name: string;
}

/**
 * The columns for the parts of a value, in their order; a hyphen or nothing leaves a part out, and so does the end of the
 * list.
 *
 * @throws ImportError RUN_CONFIG when there are more names than parts, or one is there twice
 */
export function namedParts<P extends string>(
	typed: string,
	parts: readonly P[],
): Array<NamedPart<P>> {
	const names = typed.split(',').map((name) => name.trim());
	if (names.length > parts.length) {
		throw new ImportError(
			'RUN_CONFIG',
			`There are ${names.length} names for ${parts.length} columns: ${parts.join(', ')}`,
		);
	}
	const wanted = parts.flatMap((part, index) => {
		const name = names[index] ?? '';
		return name === '' || name === '-' ? [] : [{ part, name }];
	});
	const twice = wanted.find(({ name }, index) =>
		wanted.slice(0, index).some((other) => other.name === name),
	);
	if (twice === undefined) return wanted;
	throw new ImportError('RUN_CONFIG', `The column "${twice.name}" is there twice`);
}
