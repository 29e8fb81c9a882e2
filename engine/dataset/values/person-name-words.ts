/** Words around names, in lower case and without dots. */
const words = (...lists: string[]): ReadonlySet<string> => new Set(lists.join(' ').split(/\s+/));

/** What stands before a name: forms of address, degrees, ranks, offices. */
export const titles = words(
	'mr mrs ms miss mx messrs mister misses sir madam madame master mistress dame lady lord lords',
	'dr drs prof professor doctor docent hon honorable honourable rt right most very rev reverend fr father sr sister br',
	'brother pastor rabbi imam sheikh shaykh cardinal bishop archbishop deacon dean abbot abbess pope monsignor msgr canon',
	'chaplain elder evangelist vicar rector prior mother swami sri shri smt kumari hazrat mullah ayatollah haji hajji',
	'king queen prince princess emperor empress sultan tsar duke duchess earl count countess baron baroness viscount',
	'viscountess marquis marquess marchioness majesty highness excellency eminence holiness grace his her royal imperial',
	'serene tsarina archduke archduchess emir',
	'president vice chancellor premier prime minister secretary governor mayor senator sen representative rep',
	'congressman congresswoman assemblyman assemblywoman councillor councilor councilman councilwoman alderman delegate',
	'ambassador attorney solicitor commissioner speaker treasurer chairman chairwoman chair director ombudsman',
	'judge justice magistrate sheriff marshal marshall chief deputy assistant associate acting former interim district',
	'circuit supreme federal bankruptcy chancery presiding us',
	'general gen major maj colonel col lieutenant lt ltc ltcol captain capt cpt cdr commander commodore admiral adm vadm radm',
	'brigadier brig sergeant sgt ssgt msgt corporal cpl private pvt pfc warrant petty officer seaman ensign ens airman',
	'marine cadet midshipman first second lance field staff gunnery marshall constable inspector detective superintendent',
	'mgr asst assoc adj emeritus emerita vis min amb pres gov treas insp det supt coach manager maid nurse sister engineer ing dipl-ing dipl-kfm dipl mag engr architect arch advocate adv lic sc hc',
	'herr herrn frau fräulein familie hr freiherr freifrau graf gräfin fürst med jur phil rer nat habil',
	'monsieur m mme mlle madame mademoiselle maître maitre me docteur dre',
	'señor señora señorita senor senora senorita sr sra srta don doña dona d dª lcdo lcda',
	'senhor senhora dom sor sig sigra signor signora signorina dott dottssa dottore dottoressa avv rag geom',
	'dhr mevr mw mevrouw meneer jhr jkvr drs ir pan pani paní bc mudr judr phdr mvdr rndr',
);

/** A single letter or word of these is more often a name or an initial than a title. */
export const titlesNeedDot = words(
	'd m me fr sr br sc med nat phil dom don first second field sri her his us right most very royal imperial serene second',
);

/** Titles that are first names as often: they count where a first and a last name follow. */
export const titlesOrNames = words(
	'dean earl duke marshall grace lance justice baron count elder master prior major prince canon deacon mag',
);

/** Beginnings of first names of two words: `Abdul Salam`. */
export const firstNameBeginnings = words('abdul abdel abd abu');

/** Titles that go before the first name: `Sir John`, `Queen Elizabeth`. */
export const firstNameTitles = words(
	'sir dame lady king queen prince princess emperor empress sultan tsar sheikh shaykh pope father mother brother sister aunt',
	'auntie uncle swami don doña dom sri shri emir',
);

/** Behind a name: generations. */
export const generations = words(
	'jr sr junior senior jnr snr ii iii iv v vi 2nd 3rd 4th fils père filho neto',
);

/** Behind a name: degrees, orders, memberships. */
export const degrees = words(
	'phd dphil md do dds dmd dvm jd llb llm lld esq esquire mba mfa ma ba bs bsc ms msc msced med mphil mpp mpa mph msw med edd bed',
	'beng meng bcom mcom bba bfa bn bsn msn rn lpn np pa cpa cfa cfp clu lutc chfc cma cia cisa cissp pmp pe peng ra aia faia',
	'ret retd usa usn usmc usaf uscg qc kc mp mla mep msp am pc obe mbe cbe kbe dbe gbe kcb gcb kcmg cmg gcmg dso dsc mc gc vc dfc bt',
	'frs frsc frcp frcs frcpath mrcp mrcs facs facp faap fca aca acca fcca dsc dlitt dd thd thm mdiv stb stm std dmin od dc dpm pharmd',
	'psyd lcsw lmft lpc mft dpt otr ccc-slp rdn cnp crna arnp aprn faan cgma cpcu ea cams sphr phr shrm-cp gphr sj osb osf op ocd',
	'ofm csc ssj rsm mm llp ii iii emba bsee msee ccna ccnp mcse ceh cism itil pgdip fhea freng fiet ceng fimeche',
	'dipl-ing bakk mag msca llc mbbs mbchb bds bvsc ao cc cm om oc onz cnzm',
);

/** Degrees that are names as well: `Jack Ma`, `Do`, `Ed`. Alone at the end they count in capitals only. */
export const degreesOrNames = words(
	'ma do ed pa am ra mm op sj ba bs ms me mc np om cm ea bt ao i v vi ii dc dd od rn pe',
);

/** Parts of family names that stand before the rest of it. */
export const particles = words(
	"de del della dello dei degli delle di da dal dalla das do dos du des d' den der het 't ten ter te van von vom zu zum zur und",
	"'s op aan am af av la las le les lo los li el al bin binti bint ibn abu abd abdul bar bat mac mc st ste saint san santa santo",
	'vel vere dela delos delas vander vanden vonder e och auf',
);

/** Particles that are words of other kinds or first names as often: only before another particle or a name that follows. */
export const particlesOrNames = words('e und am op do te li bar bat abd');

/** Words that join two names to one. */
export const conjunctions = words('and & und et y e i och og en of the o');
