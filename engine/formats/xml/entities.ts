import { issue, type Issue } from '../../issues';

/** Runs of characters by the code point of their first: `nbsp` is U+00A0, `iexcl` U+00A1. */
const RUNS: ReadonlyArray<readonly [first: number, names: string]> = [
	[
		0xa0,
		'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml',
	],
	[0x152, 'OElig oelig'],
	[0x160, 'Scaron scaron'],
	[0x178, 'Yuml'],
	[0x192, 'fnof'],
	[0x2c6, 'circ'],
	[0x2dc, 'tilde'],
	[
		0x391,
		'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho',
	],
	[0x3a3, 'Sigma Tau Upsilon Phi Chi Psi Omega'],
	[
		0x3b1,
		'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega',
	],
	[0x3d1, 'thetasym upsih'],
	[0x3d6, 'piv'],
	[0x2002, 'ensp emsp'],
	[0x2009, 'thinsp'],
	[0x200c, 'zwnj zwj lrm rlm'],
	[0x2013, 'ndash mdash'],
	[0x2018, 'lsquo rsquo sbquo'],
	[0x201c, 'ldquo rdquo bdquo'],
	[0x2020, 'dagger Dagger bull'],
	[0x2026, 'hellip'],
	[0x2030, 'permil'],
	[0x2032, 'prime Prime'],
	[0x2039, 'lsaquo rsaquo'],
	[0x203e, 'oline'],
	[0x2044, 'frasl'],
	[0x20ac, 'euro'],
	[0x2111, 'image'],
	[0x2118, 'weierp'],
	[0x211c, 'real'],
	[0x2122, 'trade'],
	[0x2135, 'alefsym'],
	[0x2190, 'larr uarr rarr darr harr'],
	[0x21b5, 'crarr'],
	[0x21d0, 'lArr uArr rArr dArr hArr'],
	[0x2200, 'forall'],
	[0x2202, 'part exist'],
	[0x2205, 'empty'],
	[0x2207, 'nabla isin notin'],
	[0x220b, 'ni'],
	[0x220f, 'prod'],
	[0x2211, 'sum minus'],
	[0x2217, 'lowast'],
	[0x221a, 'radic'],
	[0x221d, 'prop infin'],
	[0x2220, 'ang'],
	[0x2227, 'and or cap cup int'],
	[0x2234, 'there4'],
	[0x223c, 'sim'],
	[0x2245, 'cong'],
	[0x2248, 'asymp'],
	[0x2260, 'ne equiv'],
	[0x2264, 'le ge'],
	[0x2282, 'sub sup nsub'],
	[0x2286, 'sube supe'],
	[0x2295, 'oplus'],
	[0x2297, 'otimes'],
	[0x22a5, 'perp'],
	[0x22c5, 'sdot'],
	[0x2308, 'lceil rceil lfloor rfloor'],
	[0x2329, 'lang rang'],
	[0x25ca, 'loz'],
	[0x2660, 'spades'],
	[0x2663, 'clubs'],
	[0x2665, 'hearts diams'],
];

/** The characters that HTML 4.01 has names for (24), but for those that XML has names for as well. */
const HTML_CHARACTERS: ReadonlyMap<string, string> = new Map(
	RUNS.flatMap(([first, names]) =>
		names.split(' ').map((name, i) => [name, String.fromCodePoint(first + i)] as const),
	),
);

/** What XML has names for itself (XML 1.0, 4.6). */
const XML_CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What may be the name of an entity; anything else is no reference but a "&" that should have been `&amp;`. */
const NAME = /^[A-Za-z_][\w.-]*$/;

/** Different names that are counted. */
const MOST_COUNTED = 1000;

const MOST_NAMED = 10;

/** What is told of references to entities that neither the document nor XML defines. */
export interface EntityListener {
	/** HTML has the name, and its character is taken. */
	onHtmlName(name: string): void;
	/** Nobody has the name, and the reference is kept as it is written. */
	onUndefined(name: string): void;
}

/**
 * The entities that a document may refer to, with their texts, as the parser asks for them.
 *
 * @param listener without it a document is broken that has names which neither XML nor HTML has
 */
export function entityTexts(listener?: EntityListener): Record<string, string> {
	// only what XML does not have itself comes by the proxy
	const others = new Proxy(Object.create(null) as Record<string, string>, {
		get(_, name) {
			if (typeof name !== 'string') return undefined;
			const character = HTML_CHARACTERS.get(name);
			if (listener === undefined) return character;
			if (character !== undefined) {
				listener.onHtmlName(name);
				return character;
			}
			if (!NAME.test(name)) return undefined;
			listener.onUndefined(name);
			return `&${name};`;
		},
	});
	return Object.assign(Object.create(others) as Record<string, string>, XML_CHARACTERS);
}

/** References of one kind: how many there are by name, and where the first of them stands. */
class References {
	readonly #counts = new Map<string, number>();

	#firstPlace = '';

	add(name: string, place: () => string): void {
		const count = this.#counts.get(name);
		if (count === undefined && this.#counts.size >= MOST_COUNTED) return;
		if (this.#counts.size === 0) this.#firstPlace = place();
		this.#counts.set(name, (count ?? 0) + 1);
	}

	/** One FILE_ENTITIES warning, or nothing where there are no such references. */
	issues(outcome: string): Issue[] {
		if (this.#counts.size === 0) return [];
		const all = [...this.#counts];
		const named = all.slice(0, MOST_NAMED).map(([name, count]) => `&${name}; (${count})`);
		const more = all.length - named.length;
		const list = named.join(', ') + (more > 0 ? ` and ${more} more` : '');
		const message = `The file refers to entities that it does not define: ${list}, the first in ${this.#firstPlace}. ${outcome}`;
		return [issue('FILE_ENTITIES', message, { value: `&${all[0]?.[0]};` })];
	}
}

/** Keeps account of references to entities that the document does not define. */
export class UndefinedEntities {
	readonly #ofHtml = new References();

	readonly #ofNobody = new References();

	/** @param place where the parser stands, such as `line 2, column 7` */
	noteHtmlName(name: string, place: () => string): void {
		this.#ofHtml.add(name, place);
	}

	/** @param place where the parser stands */
	noteUndefined(name: string, place: () => string): void {
		this.#ofNobody.add(name, place);
	}

	/** At most one warning for names of HTML, and one for names of nobody. */
	issues(): Issue[] {
		return [
			...this.#ofHtml.issues('They are read as the characters that HTML gives these names to.'),
			...this.#ofNobody.issues('They stand in the cells as they are written.'),
		];
	}
}
