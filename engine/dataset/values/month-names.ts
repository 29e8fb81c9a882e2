/** Month names and their usual short forms, January first; without accents and dots, in lower case. */
const months: Record<string, string[]> = {
	en: [
		'january jan',
		'february feb',
		'march mar',
		'april apr',
		'may',
		'june jun',
		'july jul',
		'august aug',
		'september sep sept',
		'october oct',
		'november nov',
		'december dec',
	],
	de: [
		'januar janner',
		'februar',
		'marz mrz maerz',
		'april',
		'mai',
		'juni',
		'juli',
		'august',
		'september',
		'oktober okt',
		'november',
		'dezember dez',
	],
	fr: [
		'janvier janv',
		'fevrier fevr fev',
		'mars',
		'avril avr',
		'mai',
		'juin',
		'juillet juil',
		'aout',
		'septembre',
		'octobre',
		'novembre',
		'decembre',
	],
	es: [
		'enero ene',
		'febrero',
		'marzo',
		'abril abr',
		'mayo',
		'junio',
		'julio',
		'agosto ago',
		'septiembre setiembre',
		'octubre',
		'noviembre',
		'diciembre dic',
	],
	it: [
		'gennaio gen',
		'febbraio',
		'marzo',
		'aprile',
		'maggio mag',
		'giugno giu',
		'luglio lug',
		'agosto',
		'settembre set',
		'ottobre ott',
		'novembre',
		'dicembre',
	],
	pt: [
		'janeiro',
		'fevereiro',
		'marco',
		'abril',
		'maio',
		'junho',
		'julho',
		'agosto',
		'setembro',
		'outubro out',
		'novembro',
		'dezembro',
	],
	nl: [
		'januari',
		'februari',
		'maart mrt',
		'april',
		'mei',
		'juni',
		'juli',
		'augustus',
		'september',
		'oktober',
		'november',
		'december',
	],
};

/** Names of the days of the week, which a date may carry and which add nothing to it. */
const weekdays =
	'monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun ' +
	'montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so ' +
	'lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim ' +
	'lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom ' +
	'lunedi martedi mercoledi giovedi gio venerdi sabato domenica ' +
	'segunda terca quarta quinta sexta segunda-feira terca-feira quarta-feira quinta-feira sexta-feira ' +
	'maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo';

const monthNumbers = new Map<string, number>();
for (const names of Object.values(months)) {
	names.forEach((spellings, index) => {
		for (const name of spellings.split(' ')) monthNumbers.set(name, index + 1);
	});
}

const weekdayNames = new Set(weekdays.split(' '));

const plainLetters = /^[a-z]+$/;

function plain(word: string): string {
	if (plainLetters.test(word)) return word;
	return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, '');
}

/** 1 to 12 for the name of a month in English, German, French, Spanish, Italian, Portuguese or Dutch. */
export function monthNumber(word: string): number | undefined {
	return monthNumbers.get(plain(word));
}

export function isWeekday(word: string): boolean {
	return weekdayNames.has(plain(word));
}

/** Whether one of the words is the name of a month: what is worth a closer look as a date. */
export function mentionsMonth(text: string): boolean {
	return text.match(/\p{L}{3,}/gu)?.some((word) => monthNumbers.has(plain(word))) ?? false;
}
