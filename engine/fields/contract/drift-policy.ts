import { ImportError, issue, type Issue } from '../../issues';
import type { Drift } from './drift';

export const driftReactions = ['accept', 'warn', 'stop'] as const;

/** What is done when a file differs. */
export type DriftReaction = (typeof driftReactions)[number];

/** The kinds of drift, with what is done about each unless a person says otherwise. */
export const defaultDriftPolicy = {
	missing: 'warn',
	extra: 'warn',
	renamed: 'warn',
	reordered: 'accept',
	retyped: 'warn',
} as const satisfies Record<keyof Drift, DriftReaction>;

export type DriftPolicy = Partial<Record<keyof Drift, DriftReaction>>;

/**
 * Says what differs: one warning HEADER_DRIFT a kind.
 *
 * @throws ImportError HEADER_DRIFT for kinds that the policy stops at, naming all of them
 */
export function checkDrift(drift: Drift, policy: DriftPolicy = {}): Issue[] {
	const differing = sentences(drift);
	const reactionTo = (kind: keyof Drift) => policy[kind] ?? defaultDriftPolicy[kind];
	const stopping = differing.filter(({ kind }) => reactionTo(kind) === 'stop');
	if (stopping.length > 0) {
		const message = stopping.map(({ text }) => text).join('; ');
		throw new ImportError('HEADER_DRIFT', message, { column: stopping[0]?.column });
	}
	return differing
		.filter(({ kind }) => reactionTo(kind) === 'warn')
		.map(({ text, column }) => issue('HEADER_DRIFT', text, { column }));
}

function sentences(drift: Drift): Array<{ kind: keyof Drift; text: string; column: string }> {
	const { missing, extra, renamed, reordered, retyped } = drift;
	const texts: Record<keyof Drift, string> = {
		missing: `${columns(missing.length)} missing: ${list(missing)}`,
		extra: `${columns(extra.length)} new: ${list(extra)}`,
		renamed: `${columns(renamed.length)} renamed: ${renamed
			.map(({ from, to, confidence }) => `"${from}" to "${to}" (${Math.round(confidence * 100)} %)`)
			.join(', ')}`,
		reordered: `${columns(reordered.length)} in another place: ${list(reordered)}`,
		retyped: `${columns(retyped.length)} of another type: ${retyped
			.map(({ column, from, to }) => `"${column}" was ${from} and is ${to}`)
			.join(', ')}`,
	};
	const first: Record<keyof Drift, string | undefined> = {
		missing: missing[0],
		extra: extra[0],
		renamed: renamed[0]?.to,
		reordered: reordered[0],
		retyped: retyped[0]?.column,
	};
	return (Object.keys(texts) as Array<keyof Drift>).flatMap((kind) => {
		const column = first[kind];
		return column === undefined ? [] : [{ kind, text: texts[kind], column }];
	});
}

const columns = (count: number) => (count === 1 ? '1 column is' : `${count} columns are`);

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
