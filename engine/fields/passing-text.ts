import type { Step } from '../dataset';
import type { Coercion } from './types';

/** Lets a text through as it is, whatever a coercion makes of it. */
export const letPass = (text: string | undefined, coerce: Coercion): Coercion =>
	text === undefined
		? coerce
		: (cell) => (typeof cell === 'string' && cell.trim() === text ? text : coerce(cell));

/** The steps with mappings whose fields let a text through. */
export const letStepsPass = (steps: readonly Step[], text: string): Step[] =>
	steps.map((step) => {
		const { fields } = step.options;
		if (step.kind !== 'map' || !Array.isArray(fields)) return step;
		const passing = fields.map((field: unknown) => ({ ...(field as object), passes: text }));
		return { ...step, options: { ...step.options, fields: passing } };
	});
