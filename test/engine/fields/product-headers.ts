/**
 * The header rows of exports of well-known products, with the field of the record type that each column belongs to; `-` is
 * a column of no field, and several fields with a slash between them are all right.
 */
interface ProductHeaders {
	product: string;
	type: string;
	/** `header=field`, with `;` between the columns. A header alone belongs to no field. */
	columns: string;
}

export const productHeaders: readonly ProductHeaders[] = [
	{
		product: 'Salesforce contacts',
		type: 'contact',
		columns: `Contact ID=record_id; Salutation=salutation; First Name=first_name; Last Name=last_name;
			Title=job_title; Account Name=company; Account ID; Mailing Street=address_line1; Mailing City=city;
			Mailing State/Province=state; Mailing Zip/Postal Code=postal_code; Mailing Country=country;
			Other Street; Other City; Phone=phone; Fax=fax; Mobile=mobile_phone; Home Phone=home_phone;
			Assistant Phone; Assistant; Reports To; Email=email; Department=department; Lead Source=lead_source;
			Birthdate=birthday; Description=notes/-; Contact Owner=owner; Created Date=created_at; Created By;
			Last Modified Date=updated_at; Last Modified By; Last Activity; Email Opt Out=unsubscribed; Fax Opt Out;
			Do Not Call; Email Bounced Reason; Individual ID`,
	},
	{
		product: 'HubSpot contacts',
		type: 'contact',
		columns: `Record ID=record_id; First Name=first_name; Last Name=last_name; Email=email;
			Phone Number=phone; Mobile Phone Number=mobile_phone; Contact owner=owner; Job Title=job_title;
			Company Name=company; Associated Company=company/-; Associated Company IDs; Lifecycle Stage=status/-;
			Lead Status=status/-; Street Address=address_line1; City=city; State/Region=state; Postal Code=postal_code;
			Country/Region=country; Website URL=website; Create Date=created_at; Last Modified Date=updated_at;
			Last Activity Date; Preferred language=language; Original Source=lead_source; Number of Pageviews;
			Marketing contact status; Unsubscribed from all email=unsubscribed; Time Zone; IP City; IP Country`,
	},
	{
		product: 'HubSpot contacts by property name',
		type: 'contact',
		columns: `properties.hs_object_id; properties.firstname=first_name; properties.lastname=last_name;
			properties.email=email; properties.phone=phone; properties.mobilephone=mobile_phone;
			properties.company=company; properties.jobtitle=job_title; properties.address=address_line1;
			properties.city=city; properties.zip=postal_code; properties.createdate=created_at;
			properties.lastmodifieddate=updated_at; properties.hs_email_optout=unsubscribed/-`,
	},
	{
		product: 'Google contacts',
		type: 'contact',
		columns: `First Name=first_name; Middle Name=middle_name; Last Name=last_name; Phonetic First Name;
			Phonetic Middle Name; Phonetic Last Name; Name Prefix=salutation; Name Suffix=name_suffix;
			Nickname=nickname; File As=full_name/-; Organization Name=company; Organization Title=job_title;
			Organization Department=department; Birthday=birthday; Notes=notes; Photo; Labels=tags;
			E-mail 1 - Label; E-mail 1 - Value=email; E-mail 2 - Label; E-mail 2 - Value=email_2; Phone 1 - Label;
			Phone 1 - Value=phone; Phone 2 - Label; Phone 2 - Value; Address 1 - Label; Address 1 - Formatted;
			Address 1 - Street=address_line1; Address 1 - City=city; Address 1 - PO Box; Address 1 - Region=state;
			Address 1 - Postal Code=postal_code; Address 1 - Country=country;
			Address 1 - Extended Address=address_line2; Address 2 - Street; Address 2 - City; Website 1 - Label;
			Website 1 - Value=website; Relation 1 - Label; Relation 1 - Value; Event 1 - Value; Custom Field 1 - Value`,
	},
	{
		product: 'Google contacts, older',
		type: 'contact',
		columns: `Name=full_name; Given Name=first_name; Additional Name=middle_name; Family Name=last_name;
			Yomi Name; Given Name Yomi; Family Name Yomi; Name Prefix=salutation; Name Suffix=name_suffix; Initials;
			Nickname=nickname; Short Name; Maiden Name; Birthday=birthday; Gender=gender; Location; Billing Information;
			Directory Server; Mileage; Occupation=job_title/-; Hobby; Sensitivity; Priority; Subject; Notes=notes;
			Language=language; Photo; Group Membership=tags; E-mail 1 - Type; E-mail 1 - Value=email; Phone 1 - Type;
			Phone 1 - Value=phone; Organization 1 - Type; Organization 1 - Name=company; Organization 1 - Yomi Name;
			Organization 1 - Title=job_title/-; Organization 1 - Department=department; Organization 1 - Symbol;
			Organization 1 - Location; Organization 1 - Job Description`,
	},
	{
		product: 'Mailchimp audience',
		type: 'contact',
		columns: `Email Address=email; First Name=first_name; Last Name=last_name; Address=address_line1/-;
			Phone Number=phone; Birthday=birthday; MEMBER_RATING; OPTIN_TIME=created_at/-; OPTIN_IP; CONFIRM_TIME; CONFIRM_IP;
			LATITUDE; LONGITUDE; GMTOFF; DSTOFF; TIMEZONE; CC; REGION=state; LAST_CHANGED=updated_at; LEID;
			EUID=record_id/-; NOTES=notes; TAGS=tags`,
	},
	{
		product: 'Zoho contacts',
		type: 'contact',
		columns: `Record Id=record_id; Contact Owner.id; Contact Owner=owner; Lead Source=lead_source;
			First Name=first_name; Last Name=last_name; Account Name.id; Account Name=company; Vendor Name; Email=email;
			Title=job_title; Department=department; Phone=phone; Home Phone=home_phone; Other Phone; Fax=fax;
			Mobile=mobile_phone; Date of Birth=birthday; Assistant; Asst Phone; Email Opt Out=unsubscribed; Created By;
			Modified By; Created Time=created_at; Modified Time=updated_at; Salutation=salutation; Last Activity Time;
			Secondary Email=email_2; Twitter; Mailing Street=address_line1; Other Street; Mailing City=city;
			Mailing State=state; Mailing Zip=postal_code; Mailing Country=country; Description=notes/-; Reporting To; Tag=tags`,
	},
	{
		product: 'LinkedIn connections',
		type: 'contact',
		columns: `First Name=first_name; Last Name=last_name; URL=website/linkedin_url/-; Email Address=email; Company=company;
			Position=job_title; Connected On=created_at/-`,
	},
	{
		product: 'Shopify customers',
		type: 'contact',
		columns: `Customer ID=record_id; First Name=first_name; Last Name=last_name; Email=email;
			Accepts Email Marketing=email_opt_in; Default Address Company=company/-; Default Address Address1=address_line1;
			Default Address Address2=address_line2; Default Address City=city; Default Address Province Code=state;
			Default Address Country Code=country; Default Address Zip=postal_code; Default Address Phone=phone/-;
			Phone=phone; Accepts SMS Marketing; Total Spent; Total Orders; Note=notes; Tax Exempt; Tags=tags`,
	},
	{
		product: 'Outlook, French',
		type: 'contact',
		columns: `Titre=salutation; Prénom=first_name; Deuxième prénom=middle_name; Nom=last_name; Suffixe=name_suffix;
			Société=company; Service=department; Fonction=job_title; Téléphone (bureau)=work_phone;
			Téléphone (domicile)=home_phone; Tél. mobile=mobile_phone; Adresse de messagerie=email; Anniversaire=birthday;
			Notes=notes; Page Web=website; Téléphone de l'assistant(e); Nom du responsable=owner/-; Langue=language`,
	},
	{
		product: 'Members list, German',
		type: 'contact',
		columns: `Mitgliedsnr.=record_id; Anrede=salutation; Titel; Vorname=first_name; Name=last_name;
			Geb.-Datum=birthday; Straße / Nr.=address_line1; PLZ=postal_code; Wohnort=city; Telefon privat=home_phone;
			Telefon dienstl.; Handy=mobile_phone; E-Mail=email; E-Mail 2=email_2; Eintritt (TT.MM.JJJJ)=created_at/-;
			Austritt; Bemerkungen=notes; IBAN; BIC; Kontoinhaber; Notfallkontakt; Telefon Notfallkontakt`,
	},
	{
		product: 'Customers list, Spanish',
		type: 'contact',
		columns: `Nombre=first_name; Apellidos=last_name; Correo electrónico=email; Teléfono=phone; Móvil=mobile_phone;
			Empresa=company; Cargo=job_title; Dirección=address_line1; Código postal=postal_code; Población=city;
			Provincia=state; País=country; Fecha de nacimiento=birthday; Fecha de alta=created_at; Observaciones=notes;
			NIF`,
	},
	{
		product: 'Customers list, Italian',
		type: 'contact',
		columns: `Nome=first_name; Cognome=last_name; Indirizzo e-mail=email; Cellulare=mobile_phone; Telefono=phone;
			Azienda=company; Via=address_line1; CAP=postal_code; Città=city; Provincia=state; Nazione=country;
			Data di nascita=birthday; Codice fiscale; Note=notes`,
	},
	{
		product: 'Customers list, Portuguese',
		type: 'contact',
		columns: `Nome=first_name; Sobrenome=last_name; E-mail=email; Celular=mobile_phone; Telefone=phone; Empresa=company;
			Cargo=job_title; Endereço=address_line1; Complemento=address_line2; Bairro; CEP=postal_code; Cidade=city; UF=state;
			País=country; Data de nascimento=birthday; Observações=notes; Data de cadastro=created_at; CPF`,
	},
	{
		product: 'Customers list, Dutch',
		type: 'contact',
		columns: `Voornaam=first_name; Tussenvoegsel; Achternaam=last_name; E-mailadres=email; Telefoonnummer=phone;
			Mobiel nummer=mobile_phone; Bedrijfsnaam=company; Straat en huisnummer=address_line1; Postcode=postal_code;
			Woonplaats=city; Land=country; Geboortedatum=birthday; Opmerkingen=notes; Nieuwsbrief=email_opt_in`,
	},
	{
		product: 'Salesforce accounts',
		type: 'company',
		columns: `Account ID=record_id/-; Account Name=company; Parent Account=parent_company/-; Account Number=external_id; Website=website;
			Phone=phone; Fax=fax; Industry=industry; Annual Revenue=revenue; Employees=employees; Type=type;
			Billing Street=billing_address_line1; Billing City=billing_city; Billing State/Province=billing_state;
			Billing Zip/Postal Code=billing_postal_code; Billing Country=billing_country;
			Shipping Street=shipping_address_line1; Shipping City=shipping_city; Account Owner=owner; Description=description;
			Created Date=created_at; Last Modified Date=updated_at; Ticker Symbol; SIC Code`,
	},
	{
		product: 'DATEV debtors',
		type: 'company',
		columns: `Konto=external_id/-; Name (Adressattyp Unternehmen)=company/-; EU-UStID=tax_id/-; Straße=address_line1;
			Postfach; Postleitzahl=postal_code; Ort=city; Land=country; Telefon=phone; Telefax=fax; E-Mail=email;
			Internet=website; Kurzbezeichnung; Unternehmensgegenstand`,
	},
	{
		product: 'Salesforce leads',
		type: 'lead',
		columns: `Lead ID=record_id; First Name=first_name; Last Name=last_name; Company / Account=company; Title=job_title; Email=email;
			Phone=phone; Mobile=mobile_phone; Street=address_line1; City=city; State/Province=state;
			Zip/Postal Code=postal_code; Country=country; Lead Source=lead_source; Lead Status=lead_status; Rating=rating;
			Lead Owner=owner; Industry=industry; No. of Employees=employees; Annual Revenue=revenue; Website=website;
			Create Date=created_at; Converted; Unread By Owner`,
	},
	{
		product: 'Zoom meeting participants',
		type: 'activity',
		columns: `Name (Original Name)=full_name; User Email=email; Join Time=start_time; Leave Time=end_time;
			Duration (Minutes)=duration; Guest; Recording Consent; In Waiting Room`,
	},
	{
		product: 'Luma guests',
		type: 'activity',
		columns: `api_id=record_id; name=full_name; first_name=first_name; last_name=last_name; email=email;
			phone_number=phone; created_at=created_at; approval_status=status; checked_in_at=check_in_date; custom_source;
			qr_code_url; amount=amount; amount_tax; amount_discount; currency=currency; coupon_code; eth_address;
			solana_address; ticket_name=ticket_type`,
	},
	{
		product: 'Donorbox',
		type: 'donation',
		columns: `Name=full_name; Donor's First Name=first_name; Donor's Last Name=last_name; Donor Email=email; Donating Company=company/-;
			Campaign=campaign; Amount=amount; Currency=currency; Processing Fee=fee; Net Amount=net;
			Payment Type=payment_method; Donated At=donation_date; Phone=phone; Address=address_line1; City=city;
			State / Province=state; Postal Code=postal_code; Country=country; Make Donation Anonymous=anonymous/-;
			Recurring Donation=frequency; Donor Comment=notes/-; Receipt Id=receipt`,
	},
	{
		product: 'Stripe payments',
		type: 'donation',
		columns: `id=donation_id/-; Description=description; Seller Message; Created date (UTC)=donation_date/-; Amount=amount;
			Amount Refunded=refund_amount; Currency=currency; Converted Amount; Converted Amount Refunded; Fee=fee; Taxes On Fee; Converted Currency; Mode; Status=status;
			Statement Descriptor; Customer ID; Customer Description; Customer Email=email; Captured; Card ID; Card Last4; Card Brand;
			Card Name; Card Address Line1; Card Address City; Invoice ID; Transfer`,
	},
	{
		product: 'PayPal',
		type: 'donation',
		columns: `Date=donation_date; Time; TimeZone; Name=full_name; Type=donation_type; Status=status; Currency=currency;
			Gross=amount; Fee=fee; Net=net; From Email Address=email; To Email Address; Transaction ID=transaction_id;
			Shipping Address; Address Status; Item Title; Item ID; Sales Tax; Invoice Number; Quantity; Receipt ID=receipt;
			Balance; Address Line 1=address_line1; Town/City=city; State/Province=state; Zip/Postal Code=postal_code;
			Country=country; Contact Phone Number=phone; Subject; Note=notes; Country Code; Balance Impact`,
	},
	{
		product: 'Shopify orders',
		type: 'order',
		columns: `Name=order_id/-; Email=email; Financial Status=payment_status; Paid at=paid_at; Fulfillment Status=fulfillment_status;
			Fulfilled at; Accepts Marketing; Currency=currency; Subtotal=subtotal; Shipping=shipping_amount; Taxes=tax_amount;
			Total=total; Discount Code=discount_code; Discount Amount=discount_amount; Shipping Method=shipping_method;
			Created at=order_date; Lineitem quantity=quantity; Lineitem name=product_name; Lineitem price=unit_price;
			Lineitem compare at price; Lineitem sku=sku; Lineitem requires shipping; Lineitem taxable;
			Lineitem fulfillment status; Billing Name=billing_name; Billing Street=-/billing_address_line1;
			Billing Address1=billing_address_line1; Billing Address2=billing_address_line2; Billing Company=billing_company;
			Billing City=billing_city; Billing Zip=billing_postal_code; Billing Province=billing_state;
			Billing Country=billing_country; Billing Phone=billing_phone; Shipping Name=shipping_name;
			Shipping Street=-/shipping_address_line1; Shipping Address1=shipping_address_line1; Shipping Address2=shipping_address_line2;
			Shipping Company=shipping_company; Shipping City=shipping_city; Shipping Zip=shipping_postal_code;
			Shipping Province=shipping_state; Shipping Country=shipping_country; Shipping Phone=shipping_phone; Notes=notes;
			Note Attributes; Cancelled at; Payment Method=payment_method; Payment Reference=transaction_id/-; Refunded Amount;
			Vendor; Outstanding Balance; Employee; Location; Device ID; Id=record_id; Tags=tags; Risk Level; Source=lead_source/-;
			Lineitem discount; Tax 1 Name; Tax 1 Value; Phone=phone; Receipt Number; Duties; Billing Province Name;
			Shipping Province Name; Payment ID=transaction_id/-; Payment Terms Name; Next Payment Due At; Payment References`,
	},
	{
		product: 'Amazon orders',
		type: 'order',
		columns: `order-id=order_id; order-item-id; purchase-date=order_date; payments-date=paid_at; buyer-email=email;
			buyer-name=full_name; buyer-phone-number=phone; sku=sku; product-name=product_name; quantity-purchased=quantity;
			currency=currency; item-price=unit_price; item-tax=tax_amount/-; shipping-price=shipping_amount; shipping-tax;
			ship-service-level=shipping_method/-; recipient-name=shipping_name; ship-address-1=shipping_address_line1;
			ship-address-2=shipping_address_line2; ship-address-3; ship-city=shipping_city; ship-state=shipping_state;
			ship-postal-code=shipping_postal_code; ship-country=shipping_country; ship-phone-number=shipping_phone;
			delivery-start-date; delivery-end-date; is-business-order`,
	},
	{
		product: 'WooCommerce orders',
		type: 'order',
		columns: `Order Number=order_id; Order Status=status; Order Date=order_date; Customer Note=notes;
			First Name (Billing)=first_name/-; Last Name (Billing)=last_name/-; Company (Billing)=billing_company;
			Address 1&2 (Billing); City (Billing)=billing_city; State Code (Billing)=billing_state;
			Postcode (Billing)=billing_postal_code; Country Code (Billing)=billing_country; Email (Billing)=email; Phone (Billing)=billing_phone;
			First Name (Shipping)=-; Last Name (Shipping)=-; City (Shipping)=shipping_city; Postcode (Shipping)=shipping_postal_code;
			Payment Method Title=payment_method; Cart Discount Amount=discount_amount/-; Order Subtotal Amount=subtotal;
			Shipping Method Title=shipping_method; Order Shipping Amount=shipping_amount; Order Refund Amount; Order Total Amount=total;
			Order Total Tax Amount=tax_amount; SKU=sku; Item #; Item Name=product_name; Quantity (- Refund)=quantity;
			Item Cost=unit_price; Coupon Code=discount_code; Discount Amount=discount_amount/-; Discount Amount Tax`,
	},
	{
		product: 'Shopify products',
		type: 'product',
		columns: `Handle; Title=product_name; Body (HTML)=description; Vendor=brand; Product Category=category; Type=-/category; Tags=tags;
			Published=active; Option1 Name; Option1 Value; Variant SKU=sku; Variant Grams; Variant Inventory Tracker;
			Variant Inventory Qty=stock_quantity; Variant Inventory Policy; Variant Fulfillment Service; Variant Price=price;
			Variant Compare At Price=compare_price; Variant Barcode=barcode; Image Src=image; Image Position; Image Alt Text;
			Gift Card; SEO Title; SEO Description; Variant Weight Unit; Variant Tax Code; Cost per item=cost; Status=status`,
	},
	{
		product: 'WooCommerce products',
		type: 'product',
		columns: `ID=record_id; Type; SKU=sku; GTIN, UPC, EAN, or ISBN=barcode/-; Name=product_name; Published=active; Is featured?;
			Visibility in catalog; Short description; Description=description; Date sale price starts; Date sale price ends;
			Tax status; Tax class; In stock?=-/stock_quantity; Stock=stock_quantity; Low stock amount; Backorders allowed?;
			Weight (kg)=weight; Length (cm); Sale price=sale_price; Regular price=price; Categories=category; Tags=tags;
			Shipping class; Images=image/-; Parent; Upsells; Position`,
	},
	{
		product: 'PowerSchool students',
		type: 'student',
		columns: `Student_Number=student_id; State_StudentNumber=state_student_id; Last_Name=last_name; First_Name=first_name;
			Middle_Name=middle_name; Grade_Level=grade_level; DOB=birthday; Gender=gender; Ethnicity=ethnicity; SchoolID=school_id;
			Home_Room=section; Street=address_line1; City=city; State=state; Zip=postal_code; Home_Phone=phone/-; Mother;
			Father; Guardianemail=guardian_email; EntryDate; ExitDate; Enroll_Status=status/-`,
	},
	{
		product: 'Clever students',
		type: 'student',
		columns: `School_id=school_id; Student_id=student_id; Student_number=-/external_id; State_id=state_student_id; Last_name=last_name;
			Middle_name=middle_name; First_name=first_name; Grade=grade_level; Gender=gender; Graduation_year=graduation_year; DOB=birthday;
			Race=race; Hispanic_Latino=ethnicity/-; Home_language=language/-; Ell_status; Frl_status; IEP_status; Student_street=address_line1;
			Student_city=city; Student_state=state; Student_zip=postal_code; Student_email=email;
			Contact_relationship=guardian_relationship/-; Contact_type; Contact_name=guardian_name/-; Contact_phone=guardian_phone/-;
			Contact_email=guardian_email/-; Username=username; Password=password`,
	},
	{
		product: 'OneRoster users',
		type: 'student',
		columns: `sourcedId=external_id/student_id; status=status; dateLastModified; enabledUser; orgSourcedIds=school_id; role=role;
			username=username; userIds; givenName=first_name; familyName=last_name; middleName=middle_name; identifier=-/student_id/external_id;
			email=email; sms=mobile_phone; phone=phone; agentSourcedIds; grades=grade_level; password=password`,
	},
	{
		product: 'School list, German',
		type: 'student',
		columns: `Schülernummer=student_id; Nachname=last_name; Vorname=first_name; Geburtsdatum=birthday; Geschlecht=gender; Klasse=section;
			Klassenstufe=grade_level; Straße=address_line1; PLZ=postal_code; Ort=city; E-Mail Eltern=guardian_email; Telefon Eltern=guardian_phone;
			Bemerkung=notes; Klassenlehrer; Konfession`,
	},
	{
		product: 'Canvas enrolments',
		type: 'enrolment',
		columns: `course_id=course_id; user_id=-/student_id/username; role=role; section_id=section; status=enrolment_status; start_date=start_date;
			end_date=end_date; limit_section_privileges`,
	},
	{
		product: 'Moodle participants',
		type: 'enrolment',
		columns: `username=username; firstname=first_name; lastname=last_name; email=email; idnumber=student_id; course1=-/course; group1; cohort1; role1=-/role`,
	},
	{
		product: 'Canvas gradebook',
		type: 'assessment',
		columns: `Student=full_name; ID; SIS User ID=student_id; SIS Login ID=username; Section=section; Final Score=score;
			Final Grade=grade; Unposted Final Score; Unposted Final Grade`,
	},
	{
		product: 'Gradescope',
		type: 'assessment',
		columns: `First Name=first_name; Last Name=last_name; SID=student_id/-; Email=email; Sections=section/-; Total Score=score/-; Max Points=max_score; Status=status;
			Submission ID; Submission Time; Lateness (H:M:S); View Count`,
	},
	{
		product: 'Personio employees',
		type: 'employee',
		columns: `ID=-/employee_id; Personalnummer=employee_id; Vorname=first_name; Nachname=last_name; E-Mail=email; Geschlecht=gender; Position=job_title;
			Abteilung=department; Standort=location/-; Vorgesetzter=manager; Einstellungsdatum=hire_date; Kündigungsdatum=termination_date;
			Beschäftigungsart=employment_type; Kostenstelle=cost_center; Geburtsdatum=birthday; Staatsangehörigkeit=nationality;
			Familienstand=marital_status; Straße und Hausnummer=address_line1; PLZ=postal_code; Ort=city; Land=country; IBAN=iban; Steuer-ID=tax_id;
			Sozialversicherungsnummer=social_security_number; Grundgehalt=salary; Probezeit bis; Wochenstunden`,
	},
	{
		product: 'BambooHR employees',
		type: 'employee',
		columns: `Employee #=employee_id; First Name=first_name; Middle Name=middle_name; Last Name=last_name; Preferred Name=nickname; Birth Date=birthday;
			Gender=gender; Marital Status=marital_status; SSN=social_security_number; Address Line 1=address_line1; Address Line 2=address_line2;
			City=city; State=state; ZIP Code=postal_code; Country=country; Work Phone=-/phone; Mobile Phone=mobile_phone; Work Email=email/-;
			Home Email=personal_email; Hire Date=hire_date; Employment Status=employment_status; Job Title=job_title; Reporting to=manager/-; Department=department;
			Division; Location=location; Pay rate=salary; Pay rate - Currency code=-/currency; Termination Date=termination_date; Emergency Contact Name=emergency_contact_name;
			Emergency Contact Phone=emergency_contact_phone`,
	},
];

/** The headers of a product, each with the fields that are right for it; null for none. */
export function expectedFields({ columns }: ProductHeaders): Array<[string, Array<string | null>]> {
	return columns
		.split(';')
		.map((column) => column.replace(/\s+/g, ' ').trim())
		.filter((column) => column !== '')
		.map((column) => {
			const [header = '', fields = '-'] = column.split('=');
			return [header, fields.split('/').map((field) => (field === '-' ? null : field))];
		});
}
