/** Words for true and false that belong together, as programs and people write them. */
const pairs: ReadonlyArray<readonly [yes: string, no: string]> = [
	['true', 'false'],
	['t', 'f'],
	['yes', 'no'],
	['y', 'n'],
	['1', '0'],
	['on', 'off'],
	['ja', 'nein'],
	['j', 'n'],
	['wahr', 'falsch'],
	['oui', 'non'],
	['o', 'n'],
	['vrai', 'faux'],
	['si', 'no'],
	['sí', 'no'],
	['sì', 'no'],
	['s', 'n'],
	['vero', 'falso'],
	['verdadero', 'falso'],
	['sim', 'não'],
	['sim', 'nao'],
	['verdadeiro', 'falso'],
	['ja', 'nee'],
	['waar', 'onwaar'],
	['ja', 'nej'],
	['ja', 'nei'],
	['tak', 'nie'],
	['ano', 'ne'],
];

const words = new Map<string, boolean>();
for (const [yes, no] of pairs) {
	words.set(yes, true);
	words.set(no, false);
}

const LONGEST_WORD = Math.max(...[...words.keys()].map((word) => word.length));

/** Reads a word for true or false, in upper or lower case; undefined when it is neither. */
export function readBoolean(text: string): boolean | undefined {
	if (text.length > LONGEST_WORD) return undefined;
	return words.get(text) ?? words.get(text.toLowerCase());
}
