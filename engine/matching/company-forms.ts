/** Forms of companies, which people write or leave out as they please; words without marks, in small letters. */
const WORDS = new Set(
	(
		'inc incorporated corp corporation co company llc llp lp ltd limited plc pllc pc pvt private gmbh mbh ag kg kgaa ohg gbr ' +
		'ug ev ek eg se sa sas sarl sasu eurl snc spa srl srls sl slu sc scop bv nv vof cv ab publ as asa aps oy oyj kft zrt nyrt ' +
		'bt sro doo ooo oao ltda pty pte sdn bhd kk the und and et y e haftungsbeschrankt ооо оао зао пао'
	).split(' '),
);

/** Forms of several words, as they stand once dots, marks and case are gone. */
const PHRASES =
	/(?<= |^)(?:sa de cv|sp z oo|spolka z oo|spolka akcyjna|anonim sirketi|limited sirketi|ltd sti|e k|株|주)(?= |$)/g;

/** Japanese, Korean and Chinese forms stand before or behind the name, without a blank. */
const UNSPACED =
	/^(?:株式会社|有限会社|合同会社|주식회사)|(?:株式会社|有限会社|合同会社|주식회사|股份有限公司|有限公司)$/g;

/** The words of a company's name that are not its form; empty where nothing else is there. */
export const namedWords = (words: string): string =>
	words
		.normalize('NFC')
		.replace(PHRASES, ' ')
		.split(' ')
		.filter((word) => !WORDS.has(word))
		.map((word) => word.replace(UNSPACED, ''))
		.filter((word) => word !== '')
		.join(' ');
