import {
	countryNames,
	directions,
	leadingTypes,
	ordinalUnits,
	placeTypes,
	stateCodes,
	stateNames,
	streetTypes,
	unitTypes,
} from './us-words';

/** What a word of an address is, in the terms of the United States Thoroughfare, Landmark and Postal Address Standard. */
export type AddressLabel =
	| 'Recipient'
	| 'LandmarkName'
	| 'AddressNumber'
	| 'AddressNumberSuffix'
	| 'StreetNamePreDirectional'
	| 'StreetNamePreType'
	| 'StreetName'
	| 'StreetNamePostType'
	| 'StreetNamePostDirectional'
	| 'SubaddressType'
	| 'SubaddressIdentifier'
	| 'OccupancyType'
	| 'OccupancyIdentifier'
	| 'USPSBoxGroupType'
	| 'USPSBoxGroupID'
	| 'USPSBoxType'
	| 'USPSBoxID'
	| 'PlaceName'
	| 'StateName'
	| 'ZipCode'
	| 'CountryName';

interface Token {
	text: string;
	/** Lower case, without signs around it. */
	key: string;
	/** A comma or the like stands behind it. */
	ends: boolean;
	label?: AddressLabel;
}

/** Longer texts are no addresses. */
const LONGEST_ADDRESS = 300;

/**
 * Labels the words of an address in the United States, from the outside in: country, ZIP code and state at the end, the
 * number at the start, then the street with its direction and type, units, and the place.
 */
export function labelUsAddress(text: string): Array<[word: string, label: AddressLabel]> {
	if (text.length > LONGEST_ADDRESS) return [];
	const tokens = tokensOf(text);
	labelEnd(tokens);
	labelBoxes(tokens);
	labelRecipient(tokens);
	const open = tokens.filter(({ label }) => label === undefined);
	const hasEnd = tokens.some(({ label }) => label === 'StateName' || label === 'ZipCode');
	labelSegments(segmentsOf(open), hasEnd);
	return tokens.map(({ text: word, label }) => [word, label ?? 'PlaceName']);
}

function tokensOf(text: string): Token[] {
	const spaced = text.replace(/([,;])(?=\S)/g, '$1 ').replace(/#\s*(?=\S)/g, (sign) => ` ${sign}`);
	return (spaced.match(/\S+/g) ?? []).map((word) => ({
		text: word,
		key: word
			.toLowerCase()
			.replace(/^[("']+|[),;:"']+$/g, '')
			.replaceAll('.', ''),
		ends: /[,;)]$/.test(word),
	}));
}

const zip = /^\d{5}(?:-\d{4})?$/;

/** The last words that have no label yet, as one text; undefined when there are fewer. */
function tail(tokens: readonly Token[], count: number): Token[] | undefined {
	const open = tokens.filter(({ label }) => label === undefined);
	return open.length > count
		? open.slice(-count)
		: open.length === count && count > 1
			? open
			: undefined;
}

function labelTail(
	tokens: readonly Token[],
	names: ReadonlySet<string>,
	label: AddressLabel,
): boolean {
	for (const count of [4, 3, 2, 1]) {
		const last = tail(tokens, count);
		if (last === undefined || !names.has(last.map(({ key }) => key).join(' '))) continue;
		for (const token of last) token.label = label;
		return true;
	}
	return false;
}

function labelEnd(tokens: readonly Token[]): void {
	labelTail(tokens, countryNames, 'CountryName');
	const last = tail(tokens, 1)?.[0];
	const beforeLast = last && tokens[tokens.indexOf(last) - 1];
	const hasZip =
		last !== undefined &&
		beforeLast !== undefined &&
		zip.test(last.key) &&
		!boxWord.test(beforeLast.key);
	if (hasZip) last.label = 'ZipCode';
	if (labelTail(tokens, stateNames, 'StateName')) return;
	const state = tail(tokens, 1)?.[0];
	if (state === undefined || !stateCodes.has(state.key)) return;
	const before = tokens[tokens.indexOf(state) - 1];
	if (/\d(?:st|nd|rd|th)$/.test(before?.key ?? '') && state.key === 'fl') return;
	// "123 Main Ct" ends with a street; a comma or a ZIP code beside it makes it a state
	const isStreet = streetTypes.has(state.key) || directions.has(state.key);
	if (hasZip || before?.ends === true || !isStreet) state.label = 'StateName';
}

const boxWord = /^(?:box|pobox|lockbox|drawer)$/;

/** `PO Box 12`, `RR 2 Box 3`, `HC 68 Box 23A`. */
function labelBoxes(tokens: readonly Token[]): void {
	const box = tokens.findIndex(({ key, label }) => label === undefined && boxWord.test(key));
	if (box === -1) return;
	let start = box;
	while (start > 0 && /^(?:p|o|po|post|office)$/.test(tokens[start - 1]?.key ?? '')) start--;
	for (const token of tokens.slice(start, box + 1)) token.label = 'USPSBoxType';
	let end = box + 1;
	while (end < tokens.length && tokens[end]?.label === undefined) {
		const token = tokens[end];
		if (token === undefined || !/^(?:#|#?\d[\w-]*|#?[a-z]{1,2})$/.test(token.key)) break;
		token.label = 'USPSBoxID';
		end++;
		if (token.ends || /\d/.test(token.key)) break;
	}
	labelBoxGroup(tokens.slice(0, start));
}

function labelBoxGroup(tokens: readonly Token[]): void {
	const [first] = tokens;
	if (
		first === undefined ||
		!/^(?:rr|hc|psc|cmr|unit|rural|highway|star|rt|route)$/.test(first.key)
	)
		return;
	for (const token of tokens) {
		if (/^#|\d/.test(token.key)) token.label = 'USPSBoxGroupID';
		else if (/^(?:rr|hc|psc|cmr|unit|rural|route|rt|highway|contract|star)$/.test(token.key))
			token.label = 'USPSBoxGroupType';
	}
}

/** `attn: ...`, `c/o ...` up to the next comma. */
function labelRecipient(tokens: readonly Token[]): void {
	const start = tokens.findIndex(({ key }) => /^(?:attn|attention|c\/o)$/.test(key));
	if (start === -1) return;
	for (const token of tokens.slice(start)) {
		if (token.label !== undefined) return;
		token.label = 'Recipient';
		if (token.ends) return;
	}
}

function segmentsOf(tokens: readonly Token[]): Token[][] {
	const segments: Token[][] = [];
	let current: Token[] = [];
	for (const token of tokens) {
		current.push(token);
		if (!token.ends) continue;
		segments.push(current);
		current = [];
	}
	if (current.length > 0) segments.push(current);
	return segments;
}

/** `One South Wacker Drive`: before a direction, or with a street behind it. */
const isWrittenNumber = ([first, second]: readonly Token[]) =>
	first !== undefined &&
	second !== undefined &&
	/^(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)$/.test(
		first.key,
	) &&
	!streetTypes.has(second.key);

const startsWithNumber = (segment: readonly Token[]) =>
	/^\d+-?[a-z]?(?:[-/]\d+[a-z]?)?$/.test(segment[0]?.key ?? '') || isWrittenNumber(segment);

const hasStreetType = (segment: readonly Token[], mayBePlace: boolean) =>
	segment.some(
		({ key }, index) => index > 0 && streetTypes.has(key) && !(mayBePlace && placeTypes.has(key)),
	);

const isUnit = (segment: readonly Token[]) =>
	unitTypes.has(segment[0]?.key ?? '') ||
	/^#/.test(segment[0]?.key ?? '') ||
	(segment.length === 2 && ordinalUnits.has(segment[1]?.key ?? ''));

function labelSegments(segments: Token[][], hasEnd: boolean): void {
	let street = segments.findIndex(startsWithNumber);
	if (street === -1 && (segments.length > 1 || !hasEnd)) {
		street = segments.findIndex(
			(segment, index) => hasStreetType(segment, index > 0 || hasEnd) || leadsWithType(segment),
		);
	}
	for (const [index, segment] of segments.entries()) {
		if (index === street) {
			// "123, Main Street"
			const next = segments[index + 1];
			if (segment.length === 1 && next !== undefined && !isUnit(next)) {
				labelAll(segment, 'AddressNumber');
				labelStreet(next, index + 2 < segments.length || hasEnd);
				segments[index + 1] = [];
			} else {
				labelStreet(segment, index === segments.length - 1);
			}
		} else if (isUnit(segment) && index > street) labelUnits(segment);
		else if (index > 0 && index === street + 1 && isDirectionBehind(segment)) {
			labelAll(segment.slice(0, 1), 'StreetNamePostDirectional');
			labelUnits(segment.slice(1));
		} else if (street > index) labelAll(segment, 'Recipient');
		else if (street === -1 && index === 0 && segments.length > 1) labelAll(segment, 'LandmarkName');
		else labelAll(segment, 'PlaceName');
	}
}

/** `NW` behind the comma of a street; before the name of a place it is part of that. */
const isDirectionBehind = ([first, second]: readonly Token[]) =>
	first !== undefined && directions.has(first.key) && (second === undefined || isUnit([second]));

/** Units one after the other, each of a word and a number, and the place behind them. */
function labelUnits(tokens: readonly Token[]): void {
	let index = 0;
	while (index < tokens.length && isUnit(tokens.slice(index))) {
		const isSign = /^#./.test(tokens[index]?.key ?? '');
		const isOrdinal = ordinalUnits.has(tokens[index + 1]?.key ?? '');
		let end = index + (isSign && !isOrdinal ? 1 : 2);
		if (/^[a-z]$/.test(tokens[end]?.key ?? '') && end === tokens.length - 1) end++;
		labelUnit(tokens.slice(index, end));
		index = end;
	}
	labelAll(tokens.slice(index), 'PlaceName');
}

function labelAll(tokens: readonly Token[], label: AddressLabel): void {
	for (const token of tokens) token.label ??= label;
}

const leadsWithType = (tokens: readonly Token[]) =>
	leadingTypes.has(tokens[0]?.key ?? '') &&
	/^(?:#?\d+[a-z]?|[a-z]{1,2}|highway|hwy|road|rd|route|rte|rt|no|number)$/.test(
		tokens[1]?.key ?? '',
	);

/** `123 1/2 N Main St NW Apt 4`, and the place behind it where no comma tells them apart. */
function labelStreet(segment: readonly Token[], placeMayFollow: boolean): void {
	let rest = [...segment];
	if (startsWithNumber(rest)) {
		labelAll(rest.slice(0, 1), 'AddressNumber');
		rest = rest.slice(1);
		if (/^(?:\d\/\d|[a-d])$/.test(rest[0]?.key ?? '') && rest.length > 2) {
			labelAll(rest.slice(0, 1), 'AddressNumberSuffix');
			rest = rest.slice(1);
		}
	}
	const second = rest[1];
	if (
		rest.length > 1 &&
		directions.has(rest[0]?.key ?? '') &&
		!(rest.length === 2 && streetTypes.has(second?.key ?? ''))
	) {
		labelAll(rest.slice(0, 1), 'StreetNamePreDirectional');
		rest = rest.slice(1);
	}
	rest = takeUnit(rest);
	if (leadsWithType(rest)) {
		let index = 0;
		while (index < rest.length - 1 && leadingTypes.has(rest[index]?.key ?? '')) index++;
		labelAll(rest.slice(0, index), 'StreetNamePreType');
		if (/^(?:no|number)$/.test(rest[index]?.key ?? ''))
			labelAll(rest.slice(index, ++index), 'StreetName');
		labelAll(rest.slice(index, index + 1), 'StreetName');
		labelBehind(rest.slice(index + 1));
		return;
	}
	const type = typeOf(rest, placeMayFollow);
	if (type === -1) {
		const last = rest.at(-1);
		if (rest.length > 1 && last !== undefined && directions.has(last.key)) {
			last.label = 'StreetNamePostDirectional';
		}
		labelAll(rest, 'StreetName');
		return;
	}
	labelAll(rest.slice(0, type), 'StreetName');
	labelAll(rest.slice(type, type + 1), 'StreetNamePostType');
	labelBehind(rest.slice(type + 1));
}

/** The word that says what kind of street it is: the last one, or the first behind which a place may begin. */
function typeOf(tokens: readonly Token[], placeMayFollow: boolean): number {
	let found = -1;
	for (const [index, { key }] of tokens.entries()) {
		if (index === 0 || !streetTypes.has(key)) continue;
		const behind = tokens.slice(index + 1).filter((token) => !directions.has(token.key));
		if (behind.length === 0)
			return found !== -1 && placeMayFollow && placeTypes.has(key) ? found : index;
		if (found === -1 && !placeTypes.has(key)) found = index;
	}
	return placeMayFollow || found !== -1 ? found : -1;
}

function labelBehind(tokens: readonly Token[]): void {
	const [first] = tokens;
	if (first !== undefined && directions.has(first.key)) {
		first.label = 'StreetNamePostDirectional';
		labelAll(tokens.slice(1), 'PlaceName');
	} else {
		if (/^\d+[a-z]?$/.test(first?.key ?? '')) labelAll(tokens.slice(0, 1), 'OccupancyIdentifier');
		labelAll(tokens, 'PlaceName');
	}
}

/** Labels a unit inside a street (`Apt 4`, `3rd Floor`, `# 12`), with what follows it as place, and gives what is before. */
function takeUnit(tokens: Token[]): Token[] {
	for (const [index, { key }] of tokens.entries()) {
		if (index === 0) continue;
		const next = tokens[index + 1];
		const isSign = /^#/.test(key);
		const previous = tokens[index - 1];
		if (
			ordinalUnits.has(key) &&
			previous !== undefined &&
			index > 1 &&
			/^(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|ground|lower|upper|top)$/.test(
				previous.key,
			)
		) {
			labelUnit(tokens.slice(index - 1, index + 1));
			labelAll(tokens.slice(index + 1), 'PlaceName');
			return tokens.slice(0, index - 1);
		}
		const hasId =
			next !== undefined && /^(?:#.*|\d.*|[a-z]|[a-z]-?\d.*|one|two|three)$/.test(next.key);
		const isPlain = /^(?:basement|bsmt|penthouse|rear|lobby)$/.test(key) && next === undefined;
		if (!isSign && !(unitTypes.has(key) && hasId && !streetTypes.has(key)) && !isPlain) continue;
		let end = index + 1;
		if (!isSign || key === '#') end++;
		if (tokens[end - 1]?.key === '#') end++;
		if (/^[a-z]$/.test(tokens[end]?.key ?? '') && end === tokens.length - 1) end++;
		const second = tokens[end];
		if (second !== undefined && unitTypes.has(second.key)) end += 2;
		labelUnit(tokens.slice(index, end));
		labelAll(tokens.slice(end), 'PlaceName');
		return tokens.slice(0, index);
	}
	return tokens;
}

const buildings = new Set(['building', 'bldg', 'tower', 'wing']);

function labelUnit(tokens: readonly Token[]): void {
	let isBuilding = false;
	for (const token of tokens) {
		isBuilding = unitTypes.has(token.key) ? buildings.has(token.key) : isBuilding;
		if (unitTypes.has(token.key)) token.label ??= isBuilding ? 'SubaddressType' : 'OccupancyType';
		else token.label ??= isBuilding ? 'SubaddressIdentifier' : 'OccupancyIdentifier';
	}
}
