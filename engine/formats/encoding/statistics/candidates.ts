import type { ScriptName } from './languages';

/** An encoding of one byte a character that can be detected. */
export interface SingleByteCandidate {
	encoding: string;
	script: ScriptName;
	/** How much rarer than the most usual encoding of its kind, as a natural logarithm; tips the scale between near equals. */
	handicap: number;
}

const of =
	(script: ScriptName) =>
	(encoding: string, handicap: number): SingleByteCandidate => ({ encoding, script, handicap });
const latin = of('Latin');
const cyrillic = of('Cyrillic');

export const singleByteCandidates: readonly SingleByteCandidate[] = [
	latin('windows-1252', 0),
	latin('windows-1250', 0.5),
	latin('windows-1254', 1),
	latin('windows-1257', 1.5),
	latin('iso-8859-2', 1.2),
	latin('iso-8859-15', 1.5),
	latin('cp850', 2.5),
	latin('cp852', 2.5),
	latin('cp437', 3),
	latin('macintosh', 2.5),
	latin('iso-8859-13', 3),
	latin('cp857', 4),
	latin('cp775', 5),
	latin('x-mac-ce', 6),
	latin('iso-8859-16', 4),
	latin('iso-8859-4', 5),
	latin('iso-8859-3', 5),
	latin('iso-8859-10', 7),
	of('Vietnamese')('windows-1258', 2.5),
	cyrillic('windows-1251', 0),
	cyrillic('koi8-r', 1),
	cyrillic('koi8-u', 1.5),
	cyrillic('ibm866', 1),
	cyrillic('iso-8859-5', 1.5),
	cyrillic('x-mac-cyrillic', 2.5),
	cyrillic('cp855', 3.5),
	of('Greek')('windows-1253', 0.5),
	of('Greek')('iso-8859-7', 1.2),
	of('Greek')('cp737', 2.5),
	of('Hebrew')('windows-1255', 0.5),
	of('Hebrew')('iso-8859-8', 1.5),
	of('Hebrew')('cp862', 3),
	of('Arabic')('windows-1256', 0.5),
	of('Arabic')('iso-8859-6', 1.5),
	of('Thai')('windows-874', 1),
];
