import type { SimilarityScore } from './similarity';

/** From here on values count as nearly the same, and below that as different. */
const NEARLY = 0.85;
const DIFFERENT = 0.5;

const wordsFor = (likeness: number): string => {
	if (likeness === 1) return 'the same';
	if (likeness >= NEARLY) return 'nearly the same';
	return likeness >= DIFFERENT ? 'alike' : 'different';
};

/** `87 % alike: email the same, last_name nearly the same; city different`, the strongest evidence first. */
export function explainScore({ score, byField }: SimilarityScore): string {
	const strongest = [...byField].sort((a, b) => Math.abs(b.evidence) - Math.abs(a.evidence));
	const say = (list: typeof strongest) =>
		list.map(({ field, likeness }) => `${field} ${wordsFor(likeness)}`).join(', ');
	const agree = say(strongest.filter(({ likeness }) => likeness >= DIFFERENT));
	const differ = say(strongest.filter(({ likeness }) => likeness < DIFFERENT));
	const fields = [agree, differ].filter((words) => words !== '').join('; ');
	return `${Math.floor(score * 100)} % alike: ${fields === '' ? 'no field has a value in both' : fields}`;
}
