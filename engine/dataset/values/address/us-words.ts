/** Words of addresses in the United States, in lower case and without dots (USPS Publication 28, appendices B and C). */
const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

export const directions = words(
	'n s e w ne nw se sw north south east west northeast northwest southeast southwest no so',
);

export const streetTypes = words(
	'alley aly annex anx arcade arc avenue ave av aven avn bayou byu beach bch bend bnd bluff blf bottom btm boulevard blvd boul bl ' +
		'branch br bridge brg brook brk burg bg bypass byp camp cp canyon cyn cape cpe causeway cswy center ctr centre cir circle circ club clb ' +
		'common cmn corner cor corners cors course crse court ct courts cts cove cv creek crk crescent cres crossing xing ' +
		'crossroad curve curv dale dl dam dm divide dv drive dr drv drives drs estate est estates ests expressway expy extension ext ' +
		'fall falls fls ferry fry field fld fields flds flat flt flats ford frd forest frst forge frg fork frk forks fort ft freeway fwy ' +
		'garden gdn gardens gdns gateway gtwy glen gln green grn grove grv harbor hbr haven hvn heights hts highway hwy hiway hill hl hills hls ' +
		'hollow holw inlet island is isle junction jct key ky knoll knl lake lk lakes land landing lndg lane ln light loaf lock ' +
		'lodge ldg loop lp mall manor mnr meadow meadows mdws mews mill ml mills mission motorway mount mt mountain mtn neck nck orchard orch ' +
		'oval overpass park parkway pkwy pky py pkway parkways pass passage path pike pine pines pnes place pl plain plains plaza plz plza ' +
		'point pt port prt prairie pr radial ramp ranch rnch rapid rapids rest ridge rdg river riv road rd rds roads route rte row rue run shoal shore ' +
		'shores shrs skyway spring spg springs spgs spur square sq station sta stravenue stream strm street st str streets summit smt ' +
		'terrace ter terr throughway thruway trace trce track trak trail trl tr trailer tunnel turnpike tpke underpass union valley vly ' +
		'viaduct view vw village vlg ville vista vis walk way wy well wells woods',
);

/** Types that are parts of place names too: they end a street only where a comma or nothing follows. */
export const placeTypes = words(
	'beach bch branch burg camp cape center centre corner corners cove creek crk dale estates falls fall field fields ford forest fork fort ft garden ' +
		'gardens glen green grove harbor haven heights hts hill hills hollow island isle junction key lake lakes land landing light lock manor ' +
		'meadow meadows mill mills mission mount mt mountain neck orchard park pass pine pines plain plains point port prairie rapids ridge river run ' +
		'shore shores spring springs station summit union valley view village ville vista wells woods',
);

/** Types that stand before a number or a letter: `County Road 12`, `Avenue K`. */
export const leadingTypes = words(
	'highway hwy route rte rt road rd interstate avenue ave av sr cr us i fm state county st farm old rural',
);

export const unitTypes = words(
	'apt apartment apts unit suite ste ste# room rm floor fl flr flat lot bldg building dept department space spc slip stop trlr trailer penthouse ph ' +
		'basement bsmt front frnt lobby lbby lower lowr upper uppr office ofc level lvl wing tower',
);

export const ordinalUnits = words('floor fl flr level');

export const stateCodes = words(
	'al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va ' +
		'wa wv wi wy pr vi gu as mp aa ae ap',
);

export const stateNames: ReadonlySet<string> = new Set(
	(
		'alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,district of columbia,florida,georgia,hawaii,idaho,illinois,indiana,' +
		'iowa,kansas,kentucky,louisiana,maine,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,' +
		'new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,' +
		'tennessee,texas,utah,vermont,virginia,washington,west virginia,wisconsin,wyoming,puerto rico,guam'
	).split(','),
);

export const countryNames: ReadonlySet<string> = new Set([
	'usa',
	'us',
	'united states',
	'united states of america',
	'america',
]);
