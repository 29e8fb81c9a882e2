import { labelUsAddress, readAddress } from '../../../../engine/dataset/values';

describe('addresses', () => {
	test.each<[string, string, object | undefined]>([
		[
			'',
			'Hauptstr. 12a, 80331 München',
			{ street: 'Hauptstr.', houseNumber: '12a', postalCode: '80331', city: 'München' },
		],
		[
			'',
			'Musterstraße 12 12345 Berlin',
			{ street: 'Musterstraße', houseNumber: '12', postalCode: '12345', city: 'Berlin' },
		],
		[
			'',
			'Straße des 17. Juni 135, 10623 Berlin',
			{ street: 'Straße des 17. Juni', houseNumber: '135', postalCode: '10623', city: 'Berlin' },
		],
		[
			'',
			'Am Markt 3\nD-04109 Leipzig\nDeutschland',
			{
				street: 'Am Markt',
				houseNumber: '3',
				postalCode: '04109',
				city: 'Leipzig',
				country: 'Deutschland',
			},
		],
		[
			'',
			'Lange Str. 5, 2. OG, 30159 Hannover',
			{
				street: 'Lange Str.',
				houseNumber: '5',
				unit: '2. OG',
				postalCode: '30159',
				city: 'Hannover',
			},
		],
		[
			'',
			'Postfach 12 34, 10115 Berlin',
			{ street: 'Postfach 12 34', postalCode: '10115', city: 'Berlin' },
		],
		[
			'',
			'Wienzeile 12/3/4, 1060 Wien',
			{ street: 'Wienzeile', houseNumber: '12/3/4', postalCode: '1060', city: 'Wien' },
		],
		[
			'FR',
			'12 bis rue de la Paix, 75002 Paris',
			{ street: 'rue de la Paix', houseNumber: '12 bis', postalCode: '75002', city: 'Paris' },
		],
		[
			'',
			'12, rue de la Paix, 75002 Paris, France',
			{
				street: 'rue de la Paix',
				houseNumber: '12',
				postalCode: '75002',
				city: 'Paris',
				country: 'France',
			},
		],
		[
			'',
			'1 rue du 8 mai 1945, 69100 Villeurbanne',
			{ street: 'rue du 8 mai 1945', houseNumber: '1', postalCode: '69100', city: 'Villeurbanne' },
		],
		[
			'',
			'Keizersgracht 123-2, 1015 CJ Amsterdam',
			{ street: 'Keizersgracht', houseNumber: '123-2', postalCode: '1015 CJ', city: 'Amsterdam' },
		],
		[
			'',
			'10 Downing Street, London SW1A 2AA',
			{ street: 'Downing Street', houseNumber: '10', postalCode: 'SW1A 2AA', city: 'London' },
		],
		[
			'GB',
			'Flat 3, 12 High St, Leeds, LS1 4AB',
			{
				street: 'High St',
				houseNumber: '12',
				unit: 'Flat 3',
				postalCode: 'LS1 4AB',
				city: 'Leeds',
			},
		],
		[
			'',
			'50 Rideau St, Ottawa, ON K1N 9J7',
			{
				street: 'Rideau St',
				houseNumber: '50',
				postalCode: 'K1N 9J7',
				city: 'Ottawa',
				region: 'ON',
			},
		],
		[
			'',
			'123 N Main St Apt 4, Springfield, IL 62704',
			{
				street: 'N Main St',
				houseNumber: '123',
				unit: 'Apt 4',
				postalCode: '62704',
				city: 'Springfield',
				region: 'IL',
			},
		],
		[
			'US',
			'15 Bridge Street Providence, Rhode Island 02903 United States',
			{
				street: 'Bridge Street',
				houseNumber: '15',
				postalCode: '02903',
				city: 'Providence',
				region: 'Rhode Island',
				country: 'United States',
			},
		],
		[
			'',
			'P.O. Box 12, Springfield, IL 62704',
			{ street: 'P.O. Box 12', postalCode: '62704', city: 'Springfield', region: 'IL' },
		],
		['', '12345 Berlin', { postalCode: '12345', city: 'Berlin' }],
		['', 'somewhere else', undefined],
		['', '', undefined],
		['US', '', undefined],
		['', '1 '.repeat(400), undefined],
	])('%s %j', (country, text, parts) => {
		const none = {
			street: '',
			houseNumber: '',
			unit: '',
			postalCode: '',
			city: '',
			region: '',
			country: '',
		};
		expect(readAddress(text, country)).toEqual(parts && { ...none, ...parts });
	});

	test.each([
		[
			'1800 M Street, NW, Washington, DC 20036',
			'AddressNumber StreetName StreetNamePostType StreetNamePostDirectional PlaceName StateName ZipCode',
		],
		[
			'88175 US Highway 278, Altoona, AL 35952',
			'AddressNumber StreetNamePreType StreetNamePreType StreetName PlaceName StateName ZipCode',
		],
		[
			'431 Marietta St NW 3rd Floor',
			'AddressNumber StreetName StreetNamePostType StreetNamePostDirectional OccupancyIdentifier OccupancyType',
		],
		['12 Elm Rd attn: Sales', 'AddressNumber StreetName StreetNamePostType Recipient Recipient'],
		['HC 68 Box 23A', 'USPSBoxGroupType USPSBoxGroupID USPSBoxType USPSBoxID'],
		['Los Ojos, NM 87551', 'PlaceName PlaceName StateName ZipCode'],
	])('the words of %j', (text, labels) => {
		expect(
			labelUsAddress(text)
				.map(([, label]) => label)
				.join(' '),
		).toBe(labels);
	});
});
