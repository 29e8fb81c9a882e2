/** Scripts whose letters the encodings of one byte a character hold. */
export type ScriptName =
	'Latin' | 'Cyrillic' | 'Greek' | 'Hebrew' | 'Arabic' | 'Thai' | 'Vietnamese';

/** A language as far as its spelling is needed. */
export interface Language {
	/** English name, for the evidence of a decision. */
	name: string;
	/** Code for the names that `Intl.DisplayNames` knows. */
	locale: string;
	script: ScriptName;
	/**
	 * Words as they stand in tables and in plain sentences. In Latin script only words with a letter beyond a to z, because
	 * only those are looked at.
	 */
	words: string;
}

const latin = (name: string, locale: string, words: string): Language => ({
	name,
	locale,
	script: 'Latin',
	words,
});

const cyrillic = (name: string, locale: string, words: string): Language => ({
	name,
	locale,
	script: 'Cyrillic',
	words,
});

export const languages: readonly Language[] = [
	latin(
		'German',
		'de',
		'Müller Schröder Schäfer Köhler Krüger Jürgen Günther Jörg Björn Käthe Straße Größe Größen München Köln Düsseldorf Nürnberg Würzburg Osnabrück Lübeck Zürich Österreich für über können müssen würde größer schön grün früh Übung Änderung Öffnung Stück Schlüssel Gebühr Länge Höhe Stärke Fläche Gewährleistung Prüfung ausgewählt gültig ungültig nächste verfügbar Geschäft Geschäftsführer Rückgabe Lösung möglich natürlich Mädchen Bücher Häuser Väter Brüder weiß heißt großes groß Fuß Gruß Grüße außer außerdem muß daß schließen geändert gelöscht hinzugefügt Verkäufer Käufer Währung Präsident ähnlich später während täglich jährlich könnte hätte wäre dürfen führen Bäcker Götz Böhm König Weiß Jäger Vögel übrig zurück Tür Wörter März Präferenz Bestätigung Aufträge Beträge Verträge Anträge Zubehör gehört hört stört höchste älter jünger Gemüse Käse Brötchen Süßigkeiten Äpfel Öl Löwe Büro Möbel Geräte Küche Schränke Tücher',
	),
	latin(
		'French',
		'fr',
		'François Françoise Jérôme Hélène André Élodie Amélie Stéphane Geneviève Benoît Joël Noël Lefèvre Côté Prénom prénom Téléphone Société société Numéro numéro Référence Quantité Libellé Désignation Catégorie Département Région Créé modifié été déjà après très même être où à là ça français française août février décembre année années siècle général créer création réponse problème système première dernière manière élève école étude état États équipe événement hôtel hôpital forêt fête tête bientôt côte dû sûr reçu façon leçon garçon façade œuvre cœur sœur bœuf œil Orléans Besançon Nîmes Évreux Saint-Étienne Montréal Québec Sèvres Liège Genève Neuchâtel Rhône Île-de-France Isère Ardèche Corrèze Finistère Vendée Hérault Pyrénées numéros séjour intérêt crédit débit dépôt réglé payé envoyé préparé livré annulé terminé terminée validé créée délai échéance père mère frère événements café thé crème pâte gâteau pâté fromagère crêpe bière boîte maître naître théâtre âge âgé aîné noël maïs naïf voilà près succès accès progrès procès dès lycée musée idée journée matinée soirée armée bénéfice matériel qualité sécurité santé publicité université activité possibilité différent différence intéressé présenté considéré',
	),
	latin(
		'Spanish',
		'es',
		'José María Jesús Andrés Martín Ángel Ángeles Sofía Lucía Raúl Iván Óscar Víctor Álvaro Íñigo Begoña Núñez Muñoz Ibáñez García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Jiménez Hernández Díaz Álvarez Gutiérrez Vázquez Ramírez Domínguez Suárez Méndez España Málaga Córdoba Cádiz Jaén Almería Cáceres León Ávila Logroño Coruña México Bogotá Medellín Panamá Perú año años niño niña señor señora mañana pequeño español española dirección teléfono número código población descripción información artículo categoría compañía también más después según así está están será país día días él sólo aquí allí qué cómo cuándo quién dónde razón nación acción sección sesión versión opción edición producción educación administración construcción público pública único última último técnico económico político histórico médico música fútbol árbol ángulo fácil difícil útil móvil débito crédito depósito cigüeña vergüenza pingüino Güell peña baño otoño sueño tamaño diseño montaña campaña compañero línea página índice título vehículo película fábrica práctica',
	),
	latin(
		'Portuguese',
		'pt',
		'João José António Antônio Luís Inês Conceição Gonçalves Araújo Magalhães Simões Guimarães Assunção Mônica Cláudia Sérgio Fábio Márcia Tânia Vânia Patrícia Letícia Júlia Sônia São Brasília Goiânia Belém Maranhão Ceará Paraná Piauí Amapá Rondônia Évora Setúbal Santarém não são também até já está estão você é à às português endereço número código descrição informação informações ação ações opções opção situação região edição condições produção preço serviço serviços início período horário salário usuário usuários relatório obrigatório três mês após além através só nós avó avô pão mão mãe irmão irmã coração razão então estação educação política público econômico técnico médico última próximo água área país família história história ciência experiência agência frequência comércio negócio município prefeitura crédito débito depósito média mínimo máximo válido inválido disponível possível difícil fácil útil açúcar maçã limão feijão café crianças força cabeça espaço avanço março terça licença diferença presença Lisboa índice',
	),
	latin(
		'Italian',
		'it',
		'perché città più è può già così quantità qualità società attività università novità età verità libertà unità proprietà possibilità realtà metà papà però virtù gioventù tribù lunedì martedì mercoledì giovedì venerdì sì lì là né sé poiché affinché benché nonché caffè tè cioè Nicolò Niccolò Mosè Forlì Cantù Cefalù Località località disponibilità validità modalità priorità sarà avrà dovrà potrà farà darà verrà andò parlò è È',
	),
	latin(
		'Dutch',
		'nl',
		'één België coördinatie reünie ideeën zeeën categorieën patiënt patiënten cliënt cliënten financiële officiële industriële oriëntatie geïnteresseerd beïnvloeden egoïsme vóór café cafés privé hé zoölogie coöperatie efficiënt efficiëntie ingrediënten Renée André Daniël Michaël Raphaël Noël Chloë Zoë Loïs Italië Spanje Argentinië Australië geüpload beëindigd Brontë knieën skiën geëist gecreëerd variëren variëteit initiële essentiële potentiële tweeëntwintig drieëntwintig',
	),
	latin(
		'Swedish',
		'sv',
		'Göteborg Malmö Västerås Örebro Linköping Jönköping Norrköping Umeå Luleå Gävle Borås Växjö Malmö Åsa Björn Göran Håkan Sjöberg Sjögren Söderberg Lindström Åkesson Åberg Öberg Nyström Bergström Löfgren Hägglund och för är på från så när då gå får även över under år åren måste många några två också själv själva större första många både måndag lördag söndag språk hög höga före väg vägen gatan tillgänglig ändra lägg till sök söker kön köp köpa försäljning företag avgift öppna stäng välj värde värld hälsa hjälp människor människa två åtta åtgärd åtta förnamn efternamn födelsedag kött bröd ägg smör mjölk äpple kärlek nästa läsa lära bättre större Sverige svår små blå grå stå slå där här vår våra tjänst tjänster frågor fråga sätt rätt kväll natt',
	),
	latin(
		'Danish',
		'da',
		'København Århus Aalborg Næstved Køge Helsingør Hillerød Søren Jørgen Jørgensen Sørensen Møller Bjørn Åse Kær Kjær Nørgaard Østergaard på også når være før året år første få så må går får både måned måneder mænd bøger køb købe sælge sælger ændre ændring æble øl øst nørre sønder gård vej hjælp læse skrive lære kærlighed måske ønsker åben åbent tilgængelig større mindre største næste sidste fødselsdag fødselsdato køn brød smør kød æg mælk grøn rød blå grå små høj lør søn lørdag søndag tirsdag dør hør gør størrelse værdi værelse område selvstændig tværs særlig nødvendig spørgsmål måltid også én',
	),
	latin(
		'Norwegian',
		'nb',
		'Tromsø Bodø Ålesund Lillestrøm Sandnessjøen Tønsberg Håkon Bjørn Øyvind Åse Jørn Sørli Bjørnstad Næss på også når være før året år første få så må går får både måned måneder menn bøker kjøp kjøpe selger endre eple øl øst nærmere sør gård hjelp kjærlighet ønsker åpen åpent tilgjengelig større største neste fødselsdag kjønn brød smør kjøtt egg grønn rød blå grå små høy lørdag søndag dør hør gjør størrelse verdi område nødvendig spørsmål måltid én én opplæring språk må når hvordan tørr sjø sjøen fjære skjære lærer',
	),
	latin(
		'Finnish',
		'fi',
		'Jyväskylä Hämeenlinna Seinäjoki Järvenpää Mäkinen Mäkelä Hämäläinen Nieminen Jäntti Väinö Yrjö Päivi Järvinen Heikkilä Hyvönen Kärkkäinen Mäntylä päivä päivää hyvää käyttäjä käyttö sähköposti lisää määrä tämä tässä myös että jälkeen ennen välillä pitää tehdä nähdä sivä syntymäaika syntymäpäivä nimi työ työntekijä töitä yhtiö yhteistyö öljy äiti isä poikä kesä syksyä kevät talvella pöytä leipä maitoä lähtö lähettää yksityinen näyttää käsittely hinta määräaika eräpäivä päättyy päättynyt vähän enemmän hän hänen sitä tätä mitä missä näin jää sää vesi kylä mäki järvi sisältää väri vihreä keltainen pyörä viikko Länsi-Suomi Itä-Suomi Pohjois-Pohjanmaa',
	),
	latin(
		'Icelandic',
		'is',
		'Reykjavík Kópavogur Hafnarfjörður Akureyri Ísafjörður Guðmundsson Guðrún Sigurður Jón Jónsson Þór Þóra Þorsteinn Björn Björnsdóttir Jónsdóttir dóttir Kristín Sigríður Ólafur Ólafsson Ísland íslenska að það þú þetta þegar hún við með verið eða því þess þær þeir ég á í ó ár árið maður fólk við góður dag nafn símanúmer heimilisfang staður stöð götu fjöldi verð vörur',
	),
	latin(
		'Catalan',
		'ca',
		'Barcelona València Girona Lleida Tarragona Mallorca Núria Montserrat Àngel Jordi Martí Sòria Puigdollers què és més també però així això després només està són tenir català catalana informació direcció població número telèfon adreça província país dia avui l·l col·legi paral·lel il·lusió novel·la intel·ligència plaça força França cançó raó nació qüestió llengües aigües à',
	),
	latin(
		'Irish',
		'ga',
		'Seán Séamus Sinéad Siobhán Órla Pádraig Gráinne Róisín Caitríona Ó Murchú Gaeilge Éire Éireann agus bhí tá sé sí mé tú sibh siad más níl Dún Laoghaire Gaillimh Áth Cliath',
	),
	latin(
		'English',
		'en',
		'café naïve façade résumé cliché fiancé fiancée Zoë Chloë Brontë crème brûlée décor déjà entrée née pâté à la jalapeño piñata El Niño São Paulo Zürich Müller José García Beyoncé Renée André François Düsseldorf Curaçao Malmö Göteborg Košice',
	),
	latin(
		'Polish',
		'pl',
		'Łódź Kraków Gdańsk Poznań Wrocław Białystok Częstochowa Rzeszów Toruń Bydgoszcz Małgorzata Paweł Michał Łukasz Stanisław Władysław Agnieszka Wójcik Kowalczyk Zieliński Szymański Woźniak Dąbrowski Kozłowski Jabłoński Król Wróbel Pawłowski Kamiński Wiśniewski Lewandowski się jest że nie był była było będzie także które który która są już może można więc tylko także został została ulica województwo małopolskie śląskie łódzkie świętokrzyskie wielkopolskie imię nazwisko miejscowość ilość wartość płatność należność przesyłka zamówienie usługa usługi usług sprzedaż sprzedaży dostępny dostępność miesiąc tydzień dzień styczeń kwiecień sierpień wrzesień październik grudzień środa piątek książka książki żółty żółw zażółć gęślą jaźń mąż żona córka dziękuję proszę cześć dzięki przyjaźń życie życia śnieg źródło ćwiczenie pięć sześć dziewięć dziesięć cztery człowiek państwo państwa rząd sąd bezpieczeństwo wszyscy każdy każda żaden żeby gdyż ponieważ również między część części ręka głowa słowo czas pieniądze złoty złotych kwota słownie błąd błędy zmień usuń wyślij',
	),
	latin(
		'Czech',
		'cs',
		'Plzeň České Budějovice Hradec Králové Ústí Olomouc Liberec Jiří Tomáš Lukáš Václav František Zdeněk Miroslav Kateřina Věra Eliška Novák Nováková Dvořák Dvořáková Černý Černá Procházka Kučera Veselý Horák Němec Pokorný Marešová Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Navrátil Čermák příliš žluťoucký kůň úpěl ďábelské ódy je že také být bylo není může která které který jsou než již však při před přes město ulice číslo jméno příjmení země částka počet množství dodání zboží položka služba služby měsíc týden září říjen únor březen květen červen červenec pondělí úterý středa čtvrtek pátek děkuji prosím dobrý večer práce škola školy člověk lidí dítě děti žena muž bratr český čeština Čechy Praha výroba výrobek společnost účet účetní věc věci všechny všech něco někdo protože řekl řád třída třeba',
	),
	latin(
		'Slovak',
		'sk',
		'Košice Žilina Prešov Nitra Banská Bystrica Trenčín Štefan Ľubomír Ľudmila Tomáš Mária Kováč Kováčová Horváth Horváthová Varga Tóth Nagyová Baláž Hudák Šimko je že aj byť bolo nie môže ktorá ktoré ktorý sú ako už však pri pred mesto ulica číslo meno priezvisko krajina čiastka počet množstvo dodanie položka služba mesiac týždeň júl jún október utorok štvrtok piatok ďakujem prosím dobrý večer práca škola človek ľudí dieťa deti žena slovenský slovenčina Slovensko výroba výrobok spoločnosť účet vec veci všetky niečo niekto pretože vôbec kôň stôl dĺžka vŕba mäso päť deväť vzťah ľahký',
	),
	latin(
		'Hungarian',
		'hu',
		'Győr Pécs Székesfehérvár Nyíregyháza Kecskemét Szombathely Érd Békéscsaba Zoltán László József Sándor Ferenc Gábor Tamás Péter András Zsófia Ágnes Éva Mária Erzsébet Katalin Kovács Szabó Tóth Horváth Molnár Németh Balázs Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete Szűcs Fűzes és hogy nem egy van volt ez az már csak még után között több első második új régi árvíztűrő tükörfúrógép város utca irányítószám név vezetéknév keresztnév telefonszám összeg mennyiség szállítás termék szolgáltatás hónap hét január február március április május június július augusztus október hétfő szerda csütörtök péntek szombat vasárnap köszönöm kérem jó estét munka iskola ember gyerek nő férfi magyar Magyarország gyártás társaság számla könyv könyvek idő időpont erő erős nő nők fő fővárosi kül külföldi belföldi működik működés kérdés lehetőség felhasználó jelszó következő előző őszi tűz víz föld levegő szőlő körte dió',
	),
	latin(
		'Romanian',
		'ro',
		'București Iași Constanța Timișoara Brașov Galați Ploiești Bistrița Târgu Mureș Sibiu Argeș Ștefan Ștefănescu Ionuț Mădălina Cătălin Răzvan Cristian Popa Păun Dumitrașcu și să nu că mai sau în din până după între către această acest astăzi mâine săptămână lună an județ oraș stradă număr prenume țară sumă cantitate preț livrare plată produse serviciu luni marți miercuri sâmbătă duminică mulțumesc bună ziua muncă școală om copil femeie bărbat română românesc România fabricație societate factură carte cărți întreprindere înregistrare adresă informații condiții obligații ședință știri învățământ sănătate viață față aceștia unității națională direcția',
	),
	latin(
		'Slovenian',
		'sl',
		'Žiga Črtomir Matjaž Blaž Štefan Tomaž Boštjan Klemenčič Kovačič Novak Košir Župančič Hočevar Zupančič Petrič Šuštar Žnidaršič če je še že več lahko tudi država občina številka naslov ulica priimek znesek količina plačilo naročilo pošta pošiljka storitev mesec četrtek ponedeljek sreda podjetje družba račun šola človek otrok žena moški slovenščina računalnik iščite izračun možnost češnja Škofja Loka Črnomelj Brežice Nova Gorica Krško Šmarje',
	),
	latin(
		'Croatian',
		'hr',
		'Šibenik Čakovec Požega Križevci Županja Đakovo Međimurje Željko Živko Tomislav Đurđa Đuro Dražen Krešimir Babić Horvat Kovačević Marić Jurić Novak Knežević Vuković Marković Petrović Matić Tomić Pavlović Božić Blažević Grgić Perić Radić Šarić Filipović Jovanović Nikolić Đorđević Stojanović je što će više može također država općina broj ulica ime količina plaćanje narudžba pošta pošiljka usluga mjesec četvrtak ponedjeljak tvrtka društvo račun škola čovjek dijete žena muškarac hrvatski računalo mogućnost riječ između također kuća noć sreća veća međunarodni građanin događaj',
	),
	latin(
		'Albanian',
		'sq',
		'Tiranë Shqipëri Shqipëria Durrës Korçë Gjirokastër Vlorë Kosovë Përparim Gëzim Besë është dhe një për më në të së që nuk janë kur çdo çmim çfarë përdorues emër mbiemër qytet rrugë numër sasi ditë javë muaj vit ç',
	),
	latin(
		'Lithuanian',
		'lt',
		'Vilnius Šiauliai Panevėžys Klaipėda Telšiai Mažeikiai Tauragė Kazlauskienė Petrauskaitė Žukauskas Jankauskienė Stankevičius Butkevičius Šimkus Žilinskas Jūratė Rūta Živilė Eglė Gražina Mantas Žygimantas ir yra būti buvo kaip tačiau taip pat dėl nėra šis ši šią tą jų mūsų jūsų prie už iš į ežeras miškas gatvė vardas pavardė šalis suma kiekis užsakymas mokėjimas prekė paslauga mėnuo savaitė pirmadienis šeštadienis ačiū prašau žmogus žmonės vaikas moteris vyras lietuvių įmonė sąskaita knyga ąžuolas žąsis ūkis',
	),
	latin(
		'Latvian',
		'lv',
		'Rīga Liepāja Jūrmala Rēzekne Valmiera Jēkabpils Ogre Cēsis Bērziņš Kalniņš Ozoliņš Jansons Liepiņš Krūmiņš Zariņš Pētersons Jānis Andris Māris Pēteris Kārlis Ilze Līga Inga Zane Kristīne un ir ka nav kā arī par ar no uz būt tikai šī šis viņš viņa mēs jūs vārds uzvārds iela valsts skaits daudzums pasūtījums maksājums prece pakalpojums mēnesis nedēļa pirmdiena sestdiena paldies lūdzu cilvēks cilvēki bērns sieviete vīrietis latviešu uzņēmums rēķins grāmata ķēde ģimene ļoti ņemt šķiet',
	),
	latin(
		'Estonian',
		'et',
		'Pärnu Jõhvi Põlva Võru Rõuge Tõnu Jüri Mägi Tamm Sepp Pärn Kõiv Õunapuu Jõgi Mölder Lõhmus Kütt Põld Ülle Külli Mürk ja on et ka või kui siis aga öö päev päeva kuu nädal täna eile õhtu hommik töö tööd töötaja ülikool õpetaja õpilane küsimus võimalik võib vähem üks kõik üle läbi jõe järv mägi mõni sõna sõber mõõt küla tänav nimi perekonnanimi riik hõlmab kogus makse tellimus teenus eesti äri ettevõte kättesaadav müük müüja šokolaad žanr',
	),
	latin(
		'Turkish',
		'tr',
		'İstanbul İzmir Diyarbakır Eskişehir Şanlıurfa Kahramanmaraş Muğla Balıkesir Aydın Çanakkale Çorum Ağrı Iğdır Niğde Şırnak Kırşehir Kütahya Uşak Gümüşhane Yılmaz Şahin Öztürk Yıldız Yıldırım Aydın Özdemir Arslan Doğan Kılıç Çelik Çetin Güneş Koç Şimşek Ayşe Çiğdem Gülşen Müge Özge Şule İbrahim İsmail Hüseyin Ömer Uğur Oğuz Barış Tuğba Işık ve bir için olarak değil çok daha kadar ile gibi sonra önce ancak şu şey şimdi iyi kötü büyük küçük güzel gün günü yıl yılı ayı hafta şehir ülke ilçe adı soyadı doğum tarihi sokak mahalle müşteri sipariş ürün ürünler miktar fiyatı ödeme işlem açıklama çalışan şirket şubesi Türkiye Türkçe öğrenci öğretmen okulu insan çocuk kadın erkek teşekkür ederim lütfen günaydın yapılan olduğu olduğunu ağaç dağ bağ soğuk sıcak kırmızı sarı yeşil mavi altı yedi üç dört pazartesi salı çarşamba perşembe Şubat Ağustos Eylül Kasım Aralık Bakanlığı başkanı Başkanlığı sayılı kanun hükümet',
	),
	latin('Maltese', 'mt', 'il-Ħamis għal għandu ħafna żewġ ċittadin Għawdex Ħaż-Żebbuġ'),
	latin('Esperanto', 'eo', 'ĉu ŝi ĝi ankaŭ antaŭ ĵaŭdo ĉiuj aŭ eĥo serĉi povas ŝanĝi'),
	cyrillic(
		'Russian',
		'ru',
		'Москва Санкт-Петербург Новосибирск Екатеринбург Нижний Новгород Казань Челябинск Омск Самара Ростов Иванов Иванова Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Анна Мария Елена Ольга Наталья Татьяна Юлия имя фамилия отчество адрес город улица дом телефон дата рождения сумма количество цена наименование товар товара заказ заказа оплата доставка описание и в не на что он с как это по но они мы из у за то все так его же от бы было был была есть быть уже для только или если когда который которые можно нет при об более этого этом чтобы также между после время года год лет человек люди день жизнь работа дело слово место лицо друг вопрос сторона страна мир случай голова ребёнок сила конец вид система часть отношение женщина деньги земля машина вода отец проблема час право нога решение дверь образ история власть закон война бог голос тысяча книга возможность результат ночь стол область статья компания группа развитие процесс суд условие начало свет пора путь душа уровень форма связь минута вечер качество мысль дорога мать действие письмо сообщение ссылка страница сайт форум тема ответ программа сообщений может нужно хорошо очень сейчас здесь там сегодня спасибо пожалуйста здравствуйте российский ошибка',
	),
	cyrillic(
		'Ukrainian',
		'uk',
		'Київ Харків Одеса Дніпро Львів Запоріжжя Вінниця Чернігів Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Мельник Поліщук Олександр Сергій Андрій Володимир Ігор Юрій Наталія Оксана Ірина Тетяна ім’я прізвище адреса місто вулиця будинок телефон кількість ціна назва товар замовлення оплата доставка опис і в не на що він як це але вони ми із за та все так його від було був була є бути вже для тільки або якщо коли який які можна немає при більше цього щоб також між після час року рік люди день життя робота справа слово місце питання країна світ система частина жінка гроші земля вода право рішення історія закон книга можливість результат область стаття компанія розвиток дякую прошу будь ласка сьогодні її їх їхній ґрунт європейський',
	),
	cyrillic(
		'Bulgarian',
		'bg',
		'София Пловдив Варна Бургас Русе Стара Загора Плевен Сливен Добрич Шумен Иванов Иванова Георгиев Георгиева Димитров Петров Николов Христо Стоян Стоянов Тодоров Мария Елена Десислава Цветелина Йордан Йорданов Пенчо Кръстев Тръстеник име презиме фамилия адрес град улица телефон дата количество цена наименование стока поръчка плащане доставка описание и в не на че той като това по но те ние от за да се са си ще е съм беше били бъде вече само или ако когато който която които може няма при повече този тази тези също между след време година години хора човек ден живот работа дума място въпрос страна свят случай система част жена пари земя вода право решение история закон книга възможност резултат област статия компания развитие към първи първа втори днес тук там как какво защо къде много малко добре българия български държава правителство министър съд съвет',
	),
	cyrillic(
		'Serbian',
		'sr',
		'Београд Нови Сад Ниш Крагујевац Суботица Зрењанин Панчево Чачак Јовановић Петровић Николић Марковић Ђорђевић Стојановић Илић Станковић Павловић Милошевић Марија Јелена Милица Љиљана Драган Зоран Ђорђе име презиме адреса град улица телефон датум количина цена назив роба поруџбина плаћање испорука опис и у не на да је он као то по али они ми из за се су од ће бити био била већ само или ако када који која које може нема при више овај ова ово такође између после време година људи дан живот рад ствар реч место питање земља свет',
	),
	cyrillic(
		'Macedonian',
		'mk',
		'Скопје Битола Куманово Прилеп Тетово Охрид Велес Штип Ѓорѓи Ѓорѓиев Николовски Петровски Трајковски Стојановски Јованов Ќосев Џемаил име презиме адреса град улица телефон датум количина цена назив нарачка плаќање испорака опис и во не на дека тој како тоа по но тие ние од за да се ќе е сум беше веќе само или ако кога кој која може нема при повеќе овој оваа исто меѓу после време година луѓе ден живот работа збор место прашање земја свет ѕвезда',
	),
	cyrillic(
		'Belarusian',
		'be',
		'Мінск Гомель Магілёў Віцебск Гродна Брэст Іваноў Кавалёў Казлоў Навіцкі Аляксандр Сяргей Дзмітрый імя прозвішча адрас горад вуліца тэлефон дата колькасць цана назва тавар заказ аплата дастаўка апісанне і ў не на што ён як гэта па але яны мы з за да яго ад быў была ёсць быць ужо для толькі або калі які можна няма пры больш таксама паміж пасля час года людзі дзень жыццё праца справа слова месца пытанне краіна свет',
	),
	{
		name: 'Greek',
		locale: 'el',
		script: 'Greek',
		words:
			'Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος Ιωάννινα Γιώργος Γεώργιος Δημήτρης Κωνσταντίνος Νίκος Ιωάννης Μαρία Ελένη Αικατερίνη Βασιλική Παπαδόπουλος Παπαδοπούλου Οικονόμου Βασιλείου Νικολάου όνομα επώνυμο διεύθυνση πόλη οδός αριθμός τηλέφωνο ημερομηνία ποσότητα τιμή περιγραφή προϊόν παραγγελία πληρωμή και το να του η της με που την από για είναι στο ότι τα στην θα ένα μια οι τους των ως αυτό δεν σε ήταν έχει αλλά μας όπως πολύ μετά πριν κατά έτος χρόνια ημέρα ζωή εργασία λέξη τόπος ερώτηση χώρα κόσμος σύστημα μέρος γυναίκα άνθρωπος χρήμα γη νερό δίκαιο λύση ιστορία νόμος βιβλίο δυνατότητα αποτέλεσμα άρθρο εταιρεία ανάπτυξη ευχαριστώ παρακαλώ σήμερα ελληνικά Ελλάδα Δευτέρα Τρίτη Πέμπτη Παρασκευή Σάββατο Κυριακή Ιανουάριος Φεβρουάριος Μάρτιος ΑΘΗΝΑ ΟΝΟΜΑ ΕΠΩΝΥΜΟ ΔΙΕΥΘΥΝΣΗ ΠΟΛΗ ΑΡΙΘΜΟΣ ΤΗΛΕΦΩΝΟ',
	},
	{
		name: 'Hebrew',
		locale: 'he',
		script: 'Hebrew',
		words:
			'ירושלים תל אביב חיפה ראשון לציון פתח תקווה אשדוד נתניה באר שבע כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן מלכה אזולאי דוד משה יוסף יעקב שרה רחל לאה מרים שם משפחה פרטי כתובת עיר רחוב טלפון תאריך כמות מחיר תיאור מוצר הזמנה תשלום של את על לא הוא זה עם כי גם או אם היא אני כל יש אין היה היתה להיות אבל כמו רק עוד יותר אחרי לפני בין שנה יום חיים עבודה מילה מקום שאלה ארץ עולם ישראל עברית תודה בבקשה היום שלום הממשלה בית ספר ילד ילדים אנשים איש אישה כסף מים חוק משפט חברה מערכת אתר מידע שירות',
	},
	{
		name: 'Arabic',
		locale: 'ar',
		script: 'Arabic',
		words:
			'القاهرة الرياض دمشق بغداد بيروت عمان الدار البيضاء تونس الجزائر محمد أحمد علي حسن حسين فاطمة عائشة مريم خديجة عبد الله عبدالله الرحمن إبراهيم يوسف خالد عمر سعيد الاسم العائلة العنوان المدينة الشارع الهاتف التاريخ الكمية السعر الوصف المنتج الطلب الدفع في من على إلى أن هذا هذه التي الذي كان كانت لا ما هو هي مع عن كل قد أو بعد قبل بين حتى إذا لم ثم سنة يوم شهر حياة عمل كلمة مكان سؤال بلد عالم العربية شكرا اليوم السلام الحكومة مدرسة ناس رجل امرأة مال ماء قانون شركة نظام موقع معلومات خدمة',
	},
	{
		name: 'Persian',
		locale: 'fa',
		script: 'Arabic',
		words:
			'تهران مشهد اصفهان شیراز تبریز محمد علی رضا حسین فاطمه زهرا نام خانوادگی آدرس شهر خیابان تلفن تاریخ تعداد قیمت شرح کالا سفارش پرداخت در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می‌شود شده های سال روز زندگی کار پرسش کشور جهان ایران فارسی گچ پژوهش چگونه',
	},
	{
		name: 'Thai',
		locale: 'th',
		script: 'Thai',
		words:
			'กรุงเทพมหานคร เชียงใหม่ ภูเก็ต ขอนแก่น นครราชสีมา สมชาย สมหญิง สุดา ชื่อ นามสกุล ที่อยู่ เมือง ถนน โทรศัพท์ วันที่ จำนวน ราคา รายละเอียด สินค้า สั่งซื้อ ชำระเงิน และ ที่ ใน ของ เป็น ได้ มี ไม่ ให้ จะ การ ความ นี้ ว่า กับ หรือ แต่ จาก ปี วัน ชีวิต งาน คำ สถานที่ คำถาม ประเทศ โลก ไทย ภาษาไทย ขอบคุณ กรุณา วันนี้ สวัสดี รัฐบาล โรงเรียน คน เด็ก ผู้หญิง ผู้ชาย เงิน น้ำ กฎหมาย บริษัท ระบบ ข้อมูล บริการ เภสัช มหาวิทยาลัย ศูนย์ โปรแกรม คอมพิวเตอร์',
	},
	{
		name: 'Vietnamese',
		locale: 'vi',
		script: 'Vietnamese',
		words:
			'Hà Nội Hồ Chí Minh Đà Nẵng Hải Phòng Cần Thơ Huế Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Văn Thị Đức Hùng Tuấn Hương Thủy Hồng họ tên địa chỉ thành phố đường số điện thoại ngày số lượng giá mô tả sản phẩm đơn hàng thanh toán và của là có được cho không với một những các này đã trong khi người để từ đến về như cũng nhưng hoặc nếu năm tháng sống việc từ nơi câu hỏi nước thế giới Việt Nam tiếng Việt cảm ơn xin hôm nay xin chào chính phủ trường học trẻ em phụ nữ tiền nước luật công ty hệ thống thông tin dịch vụ',
	},
];
