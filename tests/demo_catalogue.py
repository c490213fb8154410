"""Tables from which ``demo_town.py`` builds the fictional demo towns.

Everything here is invented.  The tables are plain text so that they can be
read and changed without reading the generator.

The budget catalogue (``CATALOGUE``) is a list of blocks.  A block begins with

``@ unit activity function amount [flags] | name``

where *amount* is thousand BAM in Vrbograd in 2023 and *name* replaces ``{x}``
in the lines.  Flags: ``V`` only Vrbograd, ``S`` only the smaller towns, a year
= only that year.  ``+name`` takes in the lines of a template.  A line is

``[mark]economic fund weight description / other wording / ...``

with the marks ``!`` always kept, ``~`` project of one or two years, ``^`` new
only after a rebalance (weight = thousand BAM), ``$`` supplementary budget of
2024 (weight = share), ``-`` correction line (weight = BAM).  ``{place}``,
``{street}`` and ``{route}`` repeat a line for every name of the town.
"""

TOWNS = {
    "demo_vrbograd": {
        "letter": "V",
        "name": "Vrbograd",
        "people": 40120,
        "budget": (38_000_000, 39_700_000, 41_400_000, 43_300_000),
        "lines": 1410,
        "late": 44,
        "supplement": 8,
        "corrections": 5,
        "double": 12,
        "revenue": 46,
    },
    "demo_jasenik": {
        "letter": "J",
        "name": "Jasenik",
        "people": 18050,
        "budget": (15_000_000, 15_620_000, 16_300_000, 17_050_000),
        "lines": 503,
        "late": 16,
        "supplement": 4,
        "corrections": 2,
        "double": 0,
        "revenue": 34,
    },
    "demo_topolnica": {
        "letter": "T",
        "name": "Topolnica",
        "people": 11020,
        "budget": (8_500_000, 8_820_000, 9_190_000, 9_600_000),
        "lines": 330,
        "late": 10,
        "supplement": 3,
        "corrections": 1,
        "double": 0,
        "revenue": 27,
    },
}

NAMES = {
    "V": {
        "place": "Gornje Selo;Donje Selo;Lipovac;Kamenjak;Brezik;Orašje Brdo;"
        "Stara Čaršija;Novo Naselje;Podgaj;Vrbovac;Sunčani Brijeg;"
        "Javorik;Crni Potok;Rijeka Mala;Zlatno Polje;Hrastovik;"
        "Mlinište;Bukova Glava;Ravni Do;Željeznička Kolonija;"
        "Studenac;Grabovik;Kruškovo;Visoka Greda",
        "street": "Lipa Street;Mill Street;Station Street;Orchard Street;"
        "Teachers' Street;Bridge Street;Old Market Street;"
        "Tanners' Street;Poplar Alley;Hospital Street;River Quay;"
        "Foundry Street;School Street;Vine Street;Linden Square;"
        "Potters' Street;Upper Town Street;Garden Street",
        "route": "Gornje Selo;Kamenjak;Brezik;Crni Potok;Hrastovik;Mlinište;"
        "Bukova Glava;Ravni Do;Studenac;Grabovik;Kruškovo;"
        "Visoka Greda;Javorik;Podgaj",
        "preschool": "0501 Leptir;0502 Sunce;0503 Pčelica;0504 Zvončić;0505 Maslačak",
        "primary": "0511 First;0512 Second;0513 Third;0514 Gornje Selo;"
        "0515 Kamenjak;0516 Brezik;0517 Mlinište",
        "secondary": "0521 Grammar;0522 Technical;0523 Medical",
    },
    "J": {
        "place": "Jasenova;Dubrave Male;Krčevina;Pećine;Lug;Zabrđe Staro;Osoje;Vodice;Tisovik",
        "street": "Forest Street;Sawmill Street;Church Lane;Spring Street;Market Street",
        "route": "Krčevina;Pećine;Osoje;Tisovik",
        "preschool": "0501 Vjeverica;0502 Potočić",
        "primary": "0511 Central;0512 Osoje;0513 Lug",
        "secondary": "0521 Mixed",
    },
    "T": {
        "place": "Topole;Barice;Ribnjak;Suhi Do;Plavi Vir;Glogovik",
        "street": "Willow Street;Ferry Street;Mill Lane",
        "route": "Barice;Suhi Do;Glogovik",
        "preschool": "0501 Lastavica",
        "primary": "0511 River;0512 Glogovik",
        "secondary": "0521 Mixed",
    },
}
GROUP_NAMES = {
    "preschool": ('Preschool "{}"', "preschool {}"),
    "primary": ("{} primary school", "{} primary school"),
    "secondary": ("{} secondary school", "{} secondary school"),
}

ORGANISATIONS = {
    "01": "Municipal council",
    "02": "Mayor's office",
    "03": "Administration and finance",
    "04": "Social affairs and health",
    "05": "Education and preschools",
    "06": "Culture and sport",
    "07": "Roads, utilities and environment",
    "08": "Local development",
    "09": "Civil protection",
    "10": "Agency for care",
}
# Unit code, towns that have it, name.  A town without the unit books the
# block on the office of the department (xx00).
UNITS = """
0100 VJT Council and its service
0200 VJT Mayor's cabinet
0300 VJT Joint services
0301 VJT Finance and treasury
0302 VJ Civil registry and service desk
0303 V Information technology
0304 V Municipal attorney
0305 VJ Local communities
0400 VJT Social affairs office
0402 VJT Centre for social work
0403 V Safe house
0404 V Home care service
0405 VJ Day centre "Iskra"
0406 V Older persons' club
0500 VJT Education office
0600 VJT Culture and sport office
0601 VJT Culture house
0602 VJ Town library
0603 V Town museum
0604 VJ Sports hall
0605 V Youth centre
0700 VJT Roads and utilities office
0701 VJT Roads section
0702 VJ Utilities section
0703 V Planning and housing
0800 VJT Development office
0801 V Tourist board
0900 VJT Civil protection service
0901 VJT Fire brigade
"""
MOVED_UNIT = {"year": 2025, "town": "V", "from": "0404", "to": "1001"}
PROGRAMMES = {
    "0101": "Agriculture",
    "0401": "Environment and waste",
    "0501": "Energy efficiency",
    "0602": "General administration",
    "0603": "Protection and rescue",
    "0605": "Debt and reserve",
    "0701": "Roads and transport",
    "0901": "Social and child protection",
    "1101": "Housing and planning",
    "1102": "Utilities",
    "1201": "Culture",
    "1301": "Sport and youth",
    "1501": "Local economic development",
    "1502": "Tourism",
    "1801": "Health protection",
    "2001": "Preschool education",
    "2002": "Primary education",
    "2003": "Secondary education",
    "2101": "Political system",
}
RENAMED_PROGRAMME = {"year": 2025, "code": "0901", "name": "Social protection and care"}
ACTIVITIES = """
0101-0001 Farm subsidies
0101-0002 Rural development
0401-0001 Waste collection
0401-0002 Wastewater
0401-0003 Parks and green areas
0501-0001 Renewal of public buildings
0602-0001 Town administration
0602-0002 Finance and treasury
0602-0003 Registry and service desk
0602-0004 Information technology
0602-0005 Legal protection
0602-0006 Local communities
0602-0007 Grants to associations
0602-0008 Public information
0602-0009 Department offices
0602-0010 Gender action plan
0603-0001 Fire brigade
0603-0002 Civil protection
0605-0001 Debt service
0605-0002 Budget reserve
0701-0001 Road maintenance
0701-0002 Road building
0701-0003 Winter service
0701-0004 Public transport
0901-0001 Centre for social work
0901-0002 One-off and regular aid
0901-0003 Home care for older people
0901-0004 Day centre
0901-0005 Older persons' club
0901-0006 Protection from violence
0901-0007 Families and children
0901-0008 Housing aid
0901-0009 Inclusion
1101-0001 Spatial planning
1101-0002 Social housing
1102-0001 Street lighting
1102-0002 Water supply
1102-0003 Cleaning and cemeteries
1201-0001 Culture house
1201-0002 Library
1201-0003 Museum
1201-0004 Cultural events
1301-0001 Grants to sports clubs
1301-0002 Girls' and women's sport
1301-0003 Sports facilities
1301-0004 Youth
1501-0001 Support to business
1501-0002 Employment
1501-0003 Business zone
1502-0001 Tourism
1801-0001 Health centre
1801-0002 Public health
2001-0001 Running of preschools
2002-0001 Running of primary schools
2002-0002 School transport
2002-0003 Support to pupils
2002-0004 School buildings
2003-0001 Running of secondary schools
2003-0002 Scholarships
2101-0001 Work of the council
2101-0002 Work of the mayor
2101-0003 Elections
"""
FUNDS = {
    "01": "General budget revenue",
    "02": "Own revenue of budget users",
    "03": "Transfers from higher levels",
    "04": "Donations",
    "05": "Loans",
}
ECONOMIC = """
600 Reserve
600000 Current reserve
611 Wages and compensation
611100 Gross wages
611200 Allowances
612 Employer contributions
612100 Employer contributions
613 Goods and services
613100 Travel
613200 Energy
613300 Communal services
613400 Supplies
613500 Transport and fuel
613600 Rent
613700 Maintenance
613800 Insurance and bank
613900 Contracted services
614 Current transfers
614100 To other levels
614200 To individuals
614300 To non-profit bodies
614400 To public enterprises
614500 To firms and farmers
615 Capital transfers
615100 Capital, other levels
615200 Capital, individuals
615300 Capital, non-profit
615400 Capital, enterprises
616 Interest
616200 Interest, foreign loans
616300 Interest, domestic loans
821 Fixed assets
821100 Land
821200 Buildings
821300 Equipment
821400 Other fixed assets
821500 Studies and software
821600 Reconstruction
823 Debt repayment
823100 Foreign loans
823300 Domestic loans
711 Profit tax
711100 Profit tax of self-employed
713 Payroll tax
713100 Payroll tax arrears
714 Property tax
714100 Tax on property
714200 Inheritance and gift tax
714300 Property transfer tax
715 Sales tax
715100 Sales tax arrears
716 Income tax
716100 Personal income tax
717 Indirect taxes
717100 Shared indirect taxes
721 Property income
721100 Rents and leases
721200 Interest and dividends
721500 Concessions
722 Fees and charges
722100 Administrative fees
722300 Communal fees
722400 Land and building fees
722500 Road and water charges
722600 Own revenue of users
722700 Other revenue
731 Foreign grants
731100 Grants from abroad
732 Domestic grants
732100 Current grants
732200 Capital grants
733 Donations
733100 Donations
811 Capital receipts
811100 Sale of property
814 Loans received
814300 Domestic loans
"""

# Final execution (low, high) and the usual share of it at the end of the
# first three quarters, by the longest matching activity or economic code.
EXECUTION = {
    "0701-0003": (0.85, 1.0, 0.52, 0.56, 0.59),
    "2101-0003": (0.9, 0.99, 0.01, 0.06, 0.31),
    "2002-0002": (0.9, 0.99, 0.27, 0.56, 0.66),
    "611": (0.965, 0.999, 0.24, 0.49, 0.74),
    "612": (0.965, 0.999, 0.24, 0.49, 0.74),
    "6132": (0.87, 1.0, 0.38, 0.55, 0.66),
    "613": (0.85, 0.99, 0.19, 0.44, 0.68),
    "614": (0.87, 1.0, 0.17, 0.45, 0.71),
    "615": (0.85, 0.99, 0.05, 0.3, 0.62),
    "616": (0.97, 1.0, 0.25, 0.5, 0.75),
    "600": (0.35, 0.7, 0.05, 0.2, 0.5),
    "821": (0.85, 0.99, 0.04, 0.2, 0.54),
    "823": (0.99, 1.0, 0.25, 0.5, 0.75),
}
# Yearly growth of an activity on top of the growth of the budget.
TRENDS = {
    "1301-0002": 1.12,
    "0602-0010": 1.05,
    "0901-0003": 1.05,
    "0901-0006": 1.03,
    "0901-0007": 1.03,
    "0501-0001": 1.06,
    "0701-0002": 0.97,
    "2001-0001": 1.02,
}

TEMPLATES = {
    "office": """
!611100 01 560 Gross wages of the staff of {x} / Salaries in {x}
!611200 01 90 Meal allowance and holiday pay, {x} / Commuting and meals, {x}
!612100 01 62 Contributions on wages, {x} / Social contributions, {x}
613100 01 7 Travel orders of {x} / Business trips, {x}
613300 01 9 Telephone and post of {x} / Phone and internet bills, {x}
613400 01 10 Paper, toner and forms for {x} / Office material, {x}
613500 01 9 Fuel for the car of {x} / Car fuel, {x}
613700 01 8 Repair of equipment of {x} / Car service and repairs, {x}
613900 01 18 Contract work for {x} / Temporary service contracts, {x}
613900 01 6 Training and seminars, {x} / Professional courses for {x}
613400 01 4 Newspapers and law books, {x} / Subscriptions, {x}
~821300 01 20 Desks and chairs for {x} / New computers for {x}
""",
    "house": """
!613200 01 40 Heating of {x} / Pellets and heating oil, {x}
613200 01 24 Electricity in {x} / Power bills of {x}
613300 01 10 Water and waste collection, {x} / Water and sewage, {x}
613400 01 9 Cleaning material for {x} / Detergents and cleaning kits, {x}
613700 01 16 Small repairs in {x} / Plumbing and joinery repairs, {x}
613700 01 5 Boiler and lift inspection, {x} / Service of boiler in {x}
613800 01 6 Insurance of building and staff, {x} / Building insurance, {x}
613900 01 4 Fire extinguishers and alarms, {x} / Fire safety checks, {x}
""",
    "preschool": """
!611100 01 470 Wages of educators, {x} / Salaries of teachers, {x}
611100 01 130 Wages of cooks and cleaners, {x} / Kitchen staff pay, {x}
611100 02 46 Educators paid from parents' fees, {x}
611200 01 70 Meal allowance of staff, {x} / Holiday pay, {x}
611200 01 22 Commuting of staff, {x} / Travel to work, {x}
612100 01 66 Contributions for educators, {x} / Contributions, {x}
613400 01 38 Food for children's meals, {x} / Groceries, {x}
613400 02 52 Breakfast and lunch from parents' fees, {x} / Meals, {x}
613400 02 11 Toys and picture books for {x} / Play material, {x}
613400 01 8 Bed linen and mattresses, {x} / Nap-time bedding, {x}
613400 02 6 Hygiene items for toddlers, {x} / Nappies and wipes, {x}
613900 01 7 Medical checks of staff, {x} / Sanitary booklets, {x}
613900 04 9 Speech therapist visiting {x} / Inclusion assistant, {x}
613900 02 5 Puppet theatre and outings, {x} / Excursions, {x}
611200 01 14 Substitutes for maternity leave, {x} / Sick-leave cover, {x}
613100 01 3 Seminars of educators, {x} / Travel of educators, {x}
613300 01 4 Telephone and parents' app, {x} / Internet, {x}
613700 02 5 Repair of washing machines, {x} / Kitchen repairs, {x}
~821600 01 70 New roof of {x} / Windows of {x} / Fenced yard of {x}
~821300 02 20 Playground slides for {x} / Kitchen stove for {x}
~821600 03 60 Extra nursery room in {x} / Toilets for the youngest, {x}
""",
    "school": """
613300 01 5 Internet line of {x} / Telephone lines, {x}
613400 01 9 Chalk, paper and registers, {x} / Class supplies, {x}
613400 01 8 Firewood for the gym of {x} / Sports balls and mats, {x}
613900 01 10 Pest control and security, {x} / Alarm guard at {x}
613900 01 9 Medical checks of pupils, {x} / Dental checks in {x}
614200 01 10 Snacks for poorer pupils, {x} / School meal aid, {x}
614200 01 6 Competitions and prizes, {x} / Awards to pupils, {x}
613900 01 12 Cleaning of classrooms, {x} / Cleaners by contract, {x}
613400 02 5 Sanitary towels and soap, {x} / Hygiene corner for girls, {x}
613400 01 5 New books of the school library, {x} / Set reading, {x}
613100 01 4 Training of teachers, {x} / Teachers' seminars, {x}
~821300 01 20 Computer room of {x} / Smart boards for {x}
~821600 01 60 Gym floor of {x} / Girls' toilets and changing rooms, {x}
""",
}

CATALOGUE = """
@ 0100 2101-0001 01.1 560 | the council service
+office
!613900 01 190 Monthly allowance of councillors / Fees of councillors
613900 01 24 Fees of council committees
613900 01 12 Minutes, sound and live stream of sessions
613900 01 9 Printing of the official gazette
613900 01 2 Committee for gender equality, meetings and experts
614300 01 36 Financing of parliamentary parties in the council
614300 01 5 Support to women's caucus of the council
@ 0200 2101-0002 01.1 640 | the mayor's cabinet
+office
!613900 01 14 Receptions, gifts and protocol
613900 01 12 Advisers of the mayor
613900 01 18 Celebration of the day of the municipality
613900 01 5 Twin town visits
614200 01 6 Awards of the municipality to deserving citizens
614300 01 16 Small grants decided by the mayor
613900 01 3 Membership in the association of municipalities
@ 0300 0602-0001 01.3 2500 | the joint services
+office
+house
613300 01 30 Postage of municipal mail
613400 01 18 Consumables for printers in the town hall
613600 01 22 Rent of office space in the old bank building
613900 01 60 Physical guarding of the town hall
613900 01 34 Cleaning company for the town hall
613900 01 14 Advertisements for procurement and jobs
613900 01 26 Severance pay and jubilee awards
613800 01 12 Motor insurance and registration of cars
~821300 01 45 Electric car for field work
~821600 01 90 Lift and ramp at the entrance of the town hall
~821200 01 80 Fire stairs of the town hall
~821300 01 30 Air conditioning in the council chamber
@ 0301 0602-0002 01.1 1150 | the finance department
+office
613800 01 30 Bank charges and payment fees
613900 01 16 Independent audit of the accounts
613900 01 30 Licence and upkeep of the treasury programme
613900 01 9 Collection of communal fees by mail
613900 01 8 Court-appointed experts in tax cases
613900 01 4 Training in gender responsive budgeting
614100 01 20 Refund of wrongly paid fees to other levels
@ 0302 0602-0003 01.3 850 | the registry and service desk
+office
613400 01 10 Register books and blank certificates
613900 01 7 Digitising of old birth registers
613900 01 4 Weddings outside the registry
~821300 01 14 Queue system at the service desk
~821300 04 16 Lowered counter and sign language screen
@ 0303 0602-0004 01.3 420 | the IT section
+office
613300 01 22 Optical line and internet for all buildings
613700 01 18 Upkeep of servers and network
613900 01 34 Yearly licences of office programmes
~821300 01 40 Servers and data backup
~821500 03 45 Electronic permits and e-services
~821500 01 25 Geographic information system of the town
@ 0304 0602-0005 03.3 260 | the municipal attorney
+office
613900 01 28 Court costs and lawyers' fees
613900 01 40 Payment by court rulings
613900 01 8 Free legal aid to citizens of small means
613900 01 3 Free legal aid to women in divorce and alimony cases
@ 0305 0602-0006 06.2 560 | the local communities
613200 01 9 Electricity and heating, community of {place} / Power bill of the hall in {place}
613700 01 6 Repairs of the community hall in {place} / Painting of the hall, {place}
~821600 01 26 Citizens' project chosen in {place} / Small works voted at the assembly of {place}
613900 01 40 Secretaries of local communities
613900 01 10 Elections of the councils of local communities
@ 0300 0602-0007 08.4 330 | grants
614300 01 24 Association of pensioners
614300 01 20 Association of persons with paraplegia
614300 01 16 Association of the blind and partially sighted
614300 01 14 Association of deaf persons
614300 01 18 Association of parents of children with disabilities
614300 01 34 Veterans' associations
614300 01 20 Association of families of the missing
614300 01 18 Red Cross branch
614300 01 25 Women's association Ruža, yearly programme
614300 01 7 Women's centre, legal counselling
614300 01 5 Rural women's association, weaving workshops
614300 01 7 Association of single parents
614300 01 10 Youth council
614300 01 8 Scouts and mountaineers
614300 01 7 Beekeepers' association
614300 01 7 Anglers' club
614300 01 9 Hunters' club
614300 01 6 Blood donors' society
614300 01 7 Roma association, help with documents
614300 04 14 Small grants for civic projects
614300 01 6 Ecological society, clean river
614300 01 5 Association of cancer patients, women treated for breast cancer
614300 01 5 Animal protection society
614300 01 6 Philatelists, chess and other hobby clubs
614300 01 40 Religious communities, repair of buildings
615300 01 22 Church and mosque yards
614300 01 9 Public call for small associations
614300 03 10 Minority cultural associations
@ 0200 0602-0008 08.3 190 | public information
!614400 01 110 Local radio, programme of public interest
613900 01 16 Municipal website and social media
613900 01 14 Coverage of council sessions by portals
613900 01 7 Brochure Budget for citizens
614400 01 12 Broadcasts for women and families in villages
613900 01 4 Sign language interpretation of broadcasts
@ 0400 0602-0009 10.9 560 | the social affairs office
+office
613900 01 8 Medical boards for disability assessment
613900 01 5 Social protection strategy
@ 0500 0602-0009 09.8 430 | the education office
+office
613900 01 5 Commission for enrolment in preschools
@ 0600 0602-0009 08.6 330 | the culture and sport office
+office
613900 01 4 Juries of public calls in culture and sport
@ 0700 0602-0009 04.5 1150 | the roads and utilities office
+office
613900 01 22 Supervision of works
613900 01 14 Technical documentation for tenders
613900 01 9 Communal inspection, removal of illegal stalls
@ 0800 0602-0009 04.1 560 | the development office
+office
613900 04 16 Preparation of projects for foreign funds
613900 01 10 Development strategy of the municipality
@ 0200 0602-0010 01.1 19 V | gender action plan
!613900 01 7 Gender action plan, yearly measures / Gender action plan
613900 01 4 Training of staff on gender equality
613900 04 3 Analysis of the time use of women and men in villages
613900 01 2 Campaign 16 days against violence
613900 01 2 Girls in town hall, mentoring day
614300 01 3 Public call for projects on equality of women and men
@ 0200 0602-0010 01.1 19 S | gender action plan
!613900 01 5 Measures of the gender action plan
@ 0100 2101-0003 01.6 270 2024 | elections
!613900 01 110 Fees of polling station committees
613900 01 30 Municipal election commission
613900 01 16 Printing of ballots and posters
613500 01 9 Transport of ballot boxes
613600 01 7 Rent of halls for polling stations
613400 01 5 Seals, screens and forms for polling stations
613900 01 5 Mobile teams for ill and older voters
613900 01 4 Training of polling committees
@ 0901 0603-0001 03.2 1400 | the fire brigade
+office
+house
!611100 01 420 Wages of professional firefighters
611200 01 60 Night and hazard allowances of firefighters
613400 01 24 Helmets, boots and suits
613400 01 9 Foam and hoses
613700 01 26 Repair of fire engines
613900 01 7 Medical checks of firefighters
614300 01 60 Volunteer fire society
614300 01 6 Youth and women's teams of the volunteer firefighters
~821300 03 150 Fire engine, instalment
~821300 01 40 Breathing apparatus
~821600 01 35 Changing rooms and showers for women firefighters
@ 0900 0603-0002 02.2 380 | the civil protection service
+office
613400 01 10 Sandbags, pumps and tents
613900 01 12 Mine action and disposal of shells
613900 01 9 Flood protection plan
614300 01 14 Mountain rescue service
614200 01 24 Aid after hail and floods
~821300 03 40 Sirens and early warning
~821600 01 40 Reinforcing of the river bank
613900 01 6 Drills in schools and preschools
613900 01 4 Evacuation plan for immobile and older residents
@ 0301 0605-0001 01.7 1520 | debt
!616300 01 130 Interest on the loan for the sports hall
616300 01 70 Interest on the road loan of 2019
616200 01 60 Interest on the water supply loan
616300 01 9 Interest on the overdraft
!823300 01 420 Repayment of the loan for the sports hall
823300 01 360 Repayment of the road loan of 2019
823100 01 300 Repayment of the water supply loan
823100 01 90 Repayment of the loan for LED lighting
@ 0301 0605-0002 01.1 330 | reserve
!600000 01 200 Current reserve decided by the mayor
600000 01 60 Permanent reserve for disasters
@ 0402 0901-0001 10.7 1350 | the centre for social work
+office
+house
611100 01 200 Wages of social workers and psychologists
611100 03 60 Wages of staff for transferred duties
613900 01 12 Foster families, training and visits
613900 01 7 Supervised contacts of parents and children
613900 01 7 Guardians paid by the centre
613900 04 8 Counselling of perpetrators of violence
613900 01 9 Emergency transport of users
@ 0402 0901-0002 10.7 1150 | social aid
!614200 03 330 Permanent monthly aid to persons without income
614200 01 150 One-off aid to households in need
614200 03 130 Care and attendance allowance for dependent adults
614200 01 60 One-off aid for medical treatment
614200 01 34 Funeral costs of persons without family
614200 01 54 Firewood for poor households
614200 01 24 Aid to single mothers
614200 01 70 Placement in homes for older people
614200 01 70 Placement of children without parental care
614200 01 24 Electricity bill relief for pensioners
614200 01 24 Bus passes of pensioners
614300 01 62 Soup kitchen, 180 meals a day
614200 01 9 Aid to families of patients abroad
614200 01 26 Holiday parcels for poor pensioners
614200 01 40 Aid to veterans' families
614200 01 12 Rehabilitation at a spa for war invalids
614200 01 9 Orthopaedic aids and wheelchairs
@ 0404 0901-0003 10.2 450 | the home care service
+office
!611100 01 230 Wages of home carers / Carers' wages
611100 02 26 Carers paid from users' contributions
613500 01 14 Bicycles, bus tickets and fuel of carers
613400 01 9 Gloves, nappies and care material
613900 04 16 Visiting nurse for immobile older women and men
613900 01 5 Volunteers visiting lonely older people in villages
613900 01 4 Respite for family carers, mostly daughters and wives
613900 03 12 Meals on wheels
~821300 04 22 Vehicle for carers in hill villages
~821300 01 9 Emergency call buttons for older people
@ 0405 0901-0004 10.1 330 | the day centre Iskra
+office
+house
611100 01 80 Wages of special educators
613500 01 14 Van for children with disabilities
613400 01 12 Meals of users of the day centre
613900 01 14 Physiotherapy and sensory room
613900 04 9 Parents' club, support to mothers of children with disabilities
~821300 04 18 Lift for wheelchairs in the van
@ 0406 0901-0005 10.2 150 | the older persons' club
+house
613900 01 34 Hostess and care taker of the club
613900 01 7 Exercise and blood pressure days
613400 01 7 Coffee, newspapers and board games
614300 01 9 Choir and handicraft section of pensioners
613500 01 5 Trips of pensioners
@ 0403 0901-0006 10.4 85 V | the safe house
!613900 03 26 Stay of women and children survivors of violence in the safe house
613900 01 20 Duty staff of the safe house
613200 01 5 Heating of the safe house
613400 01 6 Food and hygiene for women and children
613900 01 6 Psychologist for survivors of violence
613900 01 5 SOS phone line for women
614200 01 5 First months' rent for women leaving the safe house
613900 04 6 Lawyer for survivors of domestic violence
613700 01 2 Locks and cameras of the safe house
@ 0402 0901-0006 10.4 30 S | protection from violence
!614300 01 12 Contribution to the regional safe house
613900 01 5 SOS phone and transport of survivors of violence
@ 0400 0901-0007 10.4 560 | families
!614200 01 200 Grant for each newborn child / Newborn child grant
614200 01 80 Maternity allowance for unemployed mothers
614200 03 70 Child allowance supplement
614200 01 24 In vitro fertilisation, co-financing
614200 01 16 Third child grant
614200 01 14 Grants to families with four and more children
614200 01 12 Twins and triplets
614200 01 30 Preschool fee relief for single parents
613900 01 7 Marriage and family counselling
614200 01 9 Summer camp for children of poor families
613900 04 6 Fathers' school, care for newborns
@ 0400 0901-0008 10.6 230 | housing aid
!614200 01 60 Rent subsidy for young families
614200 01 34 Emergency lodging after evictions and fires
615200 01 60 Building material for poor households
615200 04 40 Repair of homes of returnees
615200 01 22 Bathrooms for older people living alone
614200 01 14 Heating aid for tenants of social flats
@ 0400 0901-0009 10.7 150 | inclusion
!613900 01 40 Roma mediator and school attendance
614200 01 18 Textbooks and clothes of Roma pupils
613900 04 24 Personal assistance for persons with disabilities
614200 01 10 Literacy course for women of the settlement
614300 01 14 Addiction counselling
614200 03 24 Reception of displaced families
614200 01 9 Sign language interpreter on call
@ 0400 1801-0001 07.2 850 | the health centre
!614100 01 260 Health centre, co-financing of running costs
614100 01 90 Night and weekend emergency doctors
614100 01 50 Family doctor's clinics in hill villages
614100 01 40 Gynaecologist in the health centre
614100 01 30 Paediatric clinic, second shift
614100 01 20 Mental health centre
615100 01 90 Digital mammograph, instalment
~615100 03 120 Ambulance car
~615100 01 90 Renewal of the dental clinic
~615100 05 160 New wing of the health centre
~615100 01 60 Ultrasound for the gynaecological clinic
614100 01 18 Physiotherapy for older people
@ 0400 1801-0002 07.4 230 | public health
!613900 01 60 Mosquito and rat control
613900 01 16 Testing of drinking water from village taps
614100 01 22 Mammography and Pap test, women from villages
614100 01 10 Prostate screening
614100 01 12 Vaccination against HPV for girls and boys
613900 01 10 Coroner's service
614300 01 7 School of healthy pregnancy
613900 01 7 Noise and air measuring
613900 03 9 Prevention of addiction among the young
@ preschool 2001-0001 09.1 3300 | x
+preschool
+house
@ 0500 2001-0001 09.1 170 | preschools
614500 01 60 Places in private nurseries
614200 01 20 Lower fee for second and third child
613900 03 26 Compulsory preparation of five-year-olds
614200 01 16 Playgroups for village children
613900 01 10 Longer opening hours for parents in shifts
@ primary 2002-0001 09.1 1750 | x
+house
+school
@ 0500 2002-0002 09.6 950 | transport
!614200 01 40 Transport of pupils from {route} / School bus from {route}
614200 03 90 Transport of pupils over four kilometres, shared costs
614200 01 24 Van for pupils with disabilities
613900 01 9 Escort on the school bus
613700 01 7 Shelters for pupils at bus stops
@ 0500 2002-0003 09.1 300 | pupils
!614200 01 80 Free textbooks for first graders
614200 01 36 School bags and kits
614200 01 24 Warm meal for all-day classes
614200 01 10 Prizes for pupils of the generation
613900 01 14 After-school club, working parents
613900 04 9 Coding club for girls
613900 01 9 Prevention of peer violence
614200 01 9 Swimming lessons for third graders
614200 03 16 Assistants for pupils with difficulties
@ 0500 2002-0004 09.1 620 | school buildings
~821600 05 210 Energy renewal of the largest primary school
~821200 03 180 Extension of the central school
~821600 01 80 Roof of the branch school in the hills
~821600 01 60 Sports ground of the school on the river
~821600 03 90 Sanitary blocks in branch schools
~821300 01 40 Furniture for all-day classes
~821500 01 30 Designs for a new school gym
~821600 01 50 Ramps and lift in the central school
~821600 04 50 School garden and outdoor classroom
@ secondary 2003-0001 09.2 380 | x
+house
614100 01 24 Practical training of pupils of {x}
614100 01 10 Competitions and excursions of {x}
~615100 01 60 Workshop and laboratory of {x}
@ 0500 2003-0002 09.4 330 | scholarships
!614200 01 170 Scholarships of students
614200 01 40 Scholarships of pupils in short-supply trades
614200 01 24 Scholarships of students from poor families
614200 01 16 Awards for the best graduates
614200 01 10 Scholarships of girls in technical studies
614200 01 22 Student bus at weekends
614200 04 9 Exchange of students
@ 0601 1201-0001 08.2 700 | the culture house
+office
+house
613900 01 40 Guest performances of theatres
613900 02 26 Film rights and projection
613900 01 14 Amateur theatre, directors and costumes
613900 01 12 Folklore ensemble, travel
613900 02 7 Ballet and dance courses
613400 01 6 Stage material
~821300 01 50 Seats of the great hall
~821300 03 60 Digital projector and sound
@ 0602 1201-0002 08.2 460 | the library
+office
+house
613400 01 46 New books
613400 02 6 Newspapers and magazines
613900 01 7 Reading corner for small children
613900 01 5 Literary evenings, women writers
613500 01 6 Mobile library in villages
~821300 03 26 Digitising of old newspapers
~821300 01 16 Shelves of the children's section
@ 0603 1201-0003 08.2 330 V | the museum
+office
+house
613900 01 14 Archaeological dig on the hill fort
613900 01 10 Temporary exhibitions
613900 04 7 Exhibition of women weavers of the region
613700 01 9 Restoring of old icons and manuscripts
~821600 03 50 Roof of the old tower
~821300 02 9 Museum shop and ticket desk
@ 0600 1201-0004 08.2 430 | events
!613900 01 80 Summer in Town festival / Summer festival
613900 01 40 New Year's concert and lights
613900 01 22 Days of the river, regatta
614300 01 18 Choir of the town
614300 01 24 Brass band
614300 01 26 Folklore societies in villages
614300 01 12 Painters' colony
613900 01 10 Children's festival
613900 01 8 International jazz evenings
614300 01 7 Women's choir Zora
614300 01 7 Publishing of local authors
613900 01 4 Programme for 8 March
613900 01 7 Plum and brandy fair
614300 01 9 Rock demo fest
614300 01 6 Photo club, exhibition
613900 01 9 Town carnival
614300 01 7 Film workshop for pupils
614300 01 5 Poetry spring
~821400 01 24 Monument and fountain on the square
613900 03 8 Days of minority cultures
@ 0600 1301-0001 08.1 620 | clubs
!614300 01 230 Men's football club, first team
614300 01 36 Men's football club, second team
614300 01 70 Men's basketball club
614300 01 56 Men's handball club
614300 01 26 Football school for boys
614300 01 6 Football club in {place} / Village football club, {place}
614300 01 18 Volleyball club
614300 01 14 Judo club
614300 01 12 Karate club
614300 01 11 Boxing club
614300 01 10 Athletics club
614300 01 11 Swimming club
614300 01 8 Chess club
614300 01 8 Table tennis club
614300 01 7 Cycling club
614300 01 7 Mountaineers
614300 01 8 Kayak club
614300 01 6 Sitting volleyball club
614300 01 6 Bowling and pétanque
614300 01 9 Ski club
614300 01 10 Futsal league
614300 01 9 Travel of teams to tournaments
614200 01 8 Athletes of the year
614300 01 8 Sport for persons with disabilities
614300 01 12 Running of the sports federation
613900 01 7 Medical checks of athletes
@ 0600 1301-0002 08.1 46 | girls
!614300 01 13 Women's handball club / Women's handball
614300 01 9 Girls' football section
614300 01 7 Women's volleyball team
614300 01 5 Rhythmic gymnastics
614300 01 4 Girls' basketball, under 16
614300 01 3 Recreation for women over 50
614300 01 3 Self-defence course for girls
614300 01 3 Women's chess team
@ 0604 1301-0003 08.1 640 | the sports hall
+office
+house
613900 02 14 Referees and ushers at matches
613700 02 12 Varnishing of the floor of the hall
613900 01 12 Lifeguards at the town pool
613400 02 9 Chlorine and pool chemicals
~821600 01 160 Artificial turf on the football ground
~821600 01 60 Floodlights of the football stadium
~821600 01 40 Changing rooms for women's teams
~821400 03 50 Outdoor gym and playground at the school
~821600 05 160 Stands of the stadium
~821400 01 30 Basketball court in {place}
@ 0605 1301-0004 08.1 190 | the youth centre
+house
613900 01 40 Youth workers
613900 01 7 Music and rehearsal room
613900 04 9 Digital skills for young people
614300 01 14 Youth projects on public call
613900 01 6 Workshops on relationships without violence
613900 01 5 Summer volunteers
~821300 04 12 Recording equipment
@ 0701 0701-0001 04.5 1750 | roads
!613700 01 34 Gravel and grading of village roads, {place} / Patching of holes, {place}
613700 01 20 Drains and culverts in {place} / Clearing of ditches and verges, {place}
613700 01 26 Repair of pavement in {street} / Sidewalk and kerbs, {street}
613700 01 70 Road marking
613700 01 50 Traffic signs and mirrors
613700 01 40 Upkeep of bridges
613700 01 34 Traffic lights
613700 01 16 Speed bumps at schools
613700 01 14 Safe crossings for prams and wheelchairs
613900 01 20 Register of municipal roads
@ 0701 0701-0002 04.5 2700 | road building
~821600 01 60 Asphalting of the road in {place} / New asphalt to {place}
~821600 05 70 Reconstruction of {street} / Rebuilding of {street}
~821400 03 90 Roundabout at {street}
~821400 01 40 Pavement with lighting along the road to {place}
821100 01 90 Buying of land for roads
821500 01 50 Designs for roads and bridges
~821400 03 160 Cycle path along the river
~821600 03 180 Bridge over the river, abutments
@ 0701 0701-0003 04.5 650 | winter
!613900 01 30 Snow clearing in {place} / Winter service, {place}
613400 01 130 Road salt and grit
613900 01 110 Snow clearing of main streets
613900 01 24 Clearing of pavements at schools and clinics
613900 01 14 Removing of ice and snow from roofs
@ 0701 0701-0004 04.5 420 | transport
!614400 01 130 Subsidy of town bus lines
614400 01 50 Bus line to the hill villages
614400 01 24 Evening line for shift workers of the textile plant
614400 01 26 Free rides for pupils and pensioners
614400 01 14 Tickets of mothers with small children
613700 01 12 Bus stops and shelters
~615400 03 90 Low-floor bus
613900 01 5 Survey of passengers by sex and age
@ 0702 1102-0001 06.4 950 | lighting
!613200 01 30 Electricity for street lighting, {place} / Lighting bill, {place}
613700 01 110 Upkeep of lamps and cables
613700 01 26 Bulbs and relays
~821400 01 30 New lamps in {street} / Street lighting, {street}
~821600 05 180 LED lamps in the whole town
821400 01 14 Lighting of dark passages, women's safety walk
613200 01 22 Festive lighting, electricity
@ 0702 1102-0002 06.3 820 | water
~821400 01 50 Water main to {place} / Pumping station, {place}
614400 01 110 Water works, subsidy of losses
614400 01 26 Water price relief for large families
613900 01 16 Tank water in dry summers
613700 01 24 Village springs and reservoirs
~615400 03 130 Renewal of the pipes in the centre
821500 01 24 Design of the regional water supply
@ 0702 0401-0002 05.2 620 | sewage
~821400 03 150 Sewer in {street} / Collector in {street}
613900 01 40 Emptying of septic tanks of schools
613700 01 50 Upkeep of storm drains
614400 01 90 Running of the treatment plant
~821500 01 40 Design of the second stage of the treatment plant
@ 0702 0401-0001 05.1 620 | waste
!614400 01 180 Landfill, share of the municipality
613900 01 14 Removal of wild dumps in {place} / Bulky waste, {place}
~821300 03 60 Containers for separate collection
~821300 01 40 Underground bins in the centre
613900 01 9 Recycling lessons in schools
~615400 05 150 Lorry for waste collection
@ 0702 0401-0003 05.4 430 | parks
!613900 01 130 Mowing and flower beds in the centre / Mowing of parks
613900 01 34 Cutting of trees and hedges
613900 01 6 Mowing of verges, {place} / Playground and green, {place}
613400 01 26 Seedlings and flowers
~821400 01 60 Playground in {place}
613700 01 16 Benches and playground repairs
~821400 04 40 Fenced children's park with nursing corner
613900 01 9 Protected area of the gorge
@ 0702 1102-0003 06.2 430 | cleaning
!613900 01 170 Sweeping and washing of streets / Street cleaning
613900 01 40 Upkeep of cemeteries
614300 01 6 Cemetery in {place} / Fence of the graveyard, {place}
613900 01 34 Stray dogs, shelter
613900 01 14 Public toilets with baby changing
613700 01 10 Green market, stalls and roof
~821400 01 60 Chapel at the town cemetery
@ 0703 1101-0001 06.2 330 | the planning section
+office
613900 01 50 Zoning plan of the centre
613900 01 24 Surveying and land register
821500 01 34 Spatial plan of the municipality
613900 01 4 Public hearings on plans, women and men separately
@ 0703 1101-0002 06.1 330 | social housing
613700 01 34 Repair of social flats
613700 01 20 Repair of municipal flats
613200 01 9 Lighting and heating of common areas of social flats
~821200 03 170 Social housing block, second building
614300 01 26 Facades and lifts of apartment buildings
615200 01 16 Ramps for homes of wheelchair users
@ 0800 0501-0001 04.3 750 | renewal
~821600 05 180 Insulation and windows of the health centre
~821600 04 120 Heat pump of the culture house
~821600 05 170 Facade of the technical school
~821600 04 90 Solar panels on the sports hall
~821600 01 60 LED lights in public buildings
615200 01 60 Insulation of family houses, co-financing
615200 01 20 Stoves for women heads of household
613900 01 16 Energy audits of public buildings
~821600 03 110 Biomass boiler of the primary schools
@ 0800 0101-0001 04.2 520 | farms
!614500 01 80 Subsidy per cow and litre of milk / Milk premium
614500 01 50 Sowing of wheat and maize
614500 01 46 Raspberry and plum seedlings
614500 01 34 Greenhouses and drip irrigation
614500 01 26 Sheep and goat keeping
614500 01 14 Beehives and queen bees
614500 01 34 Farm machinery, co-financing
614500 01 18 Young farmers
614500 01 12 Women holders of farms
614500 01 10 Insurance of crops
614500 01 14 Hail protection
614500 03 26 Mountain pasture
614500 01 9 Organic certification
614500 01 7 Herbs and mushrooms, collecting
614500 01 10 Veterinary measures and insemination
@ 0800 0101-0002 04.2 180 | villages
~821400 01 30 Field road in {place} / Irrigation channel, {place}
613900 01 14 Agricultural fair
613900 01 9 Training of farmers
614300 04 14 Cooperative of women producing winter preserves
614300 01 9 Farmers' cooperatives
@ 0800 1501-0001 04.1 420 | business
!614500 01 110 Grants to small firms for equipment
614500 01 50 Grants to crafts and old trades
614500 01 30 Start-ups of young people
614500 01 24 Women's entrepreneurship
614500 01 40 Interest subsidy on loans of firms
613900 01 16 Business fair and promotion
614500 04 18 Digital shops of small producers
614500 01 7 Home workshops of women
@ 0800 1501-0002 04.1 330 | employment
!614500 01 90 First job of young people
614500 01 50 Employment of persons over 50
614500 01 30 Self-employment of women
613900 01 60 Public works in summer
614500 01 18 Employment of persons with disabilities
614500 03 40 Retraining of textile workers
614500 01 9 Return to work after maternity leave
614500 01 7 Employment of women victims of violence
@ 0800 1501-0003 04.7 520 V | the zone
!821100 01 60 Land for the business zone North
~821400 05 180 Access road of the business zone
~821400 03 120 Transformer station of the business zone
~821400 01 90 Water and sewer of the business zone
613700 01 16 Mowing and snow clearing in the business zone
821500 01 24 Plan of the business zone
@ 0801 1502-0001 04.7 260 | the tourist board
+office
613900 01 20 Tourist fairs and advertising
613400 01 8 Maps and souvenirs
614500 01 22 Rooms in villages, grants to hosts
614500 01 7 Women hosts in rural tourism
~821400 04 40 Viewpoint and paths in the gorge
613900 01 7 Signs of hiking paths
@ 0701 0701-0001 04.5 0 | late roads
^613700 01 22 Repair of the landslide in {place} / Landslide, {place}
@ 0702 0401-0003 05.4 0 | late utilities
^821400 04 18 Donated playground equipment
^613900 01 14 Clearing after the storm in July
^821300 03 40 Containers, second delivery
@ 0402 0901-0002 10.7 0 | late social
^614200 03 30 Heating allowance by decision of the higher level
^614200 04 12 Donation for families after the fire
^614200 01 20 One-off aid to pensioners before the holidays
@ 0400 0901-0007 10.4 0 | late families
^614200 01 18 Extra grant for newborn twins
^613900 04 9 Counselling corner for mothers, project
@ 0500 2002-0004 09.1 0 | late education
^821600 03 60 Urgent repair of the school boiler
^821300 04 16 Tablets from the donor's project
^613900 03 10 Teaching assistants, second term
@ 0600 1301-0002 08.1 0 | late sport
^614300 01 6 Women's futsal, cup final
^614300 01 18 Men's football, promotion bonus
@ 0601 1201-0001 08.2 0 | late culture
^613900 04 9 Film days, donor
^821600 03 30 Leak in the roof of the culture house
@ 0800 1501-0001 04.1 0 | late business
^614500 03 40 Aid to firms hit by the flood
^614500 04 16 Pilot grants to women in digital trades
@ 0900 0603-0002 02.2 0 | late protection
^613400 03 22 Pumps and dehumidifiers
^614200 03 34 Flood aid to households
@ 0301 0605-0001 01.7 0 | late debt
^616300 01 9 Interest on the new loan
@ 0701 0701-0002 04.5 0 | supplement
$821600 03 26 Regional road, section Centre to Bridge
$821600 03 20 Regional road, retaining walls
$821600 03 14 Regional road, drainage and culverts
$821600 03 12 Regional road, bend at the quarry
$821400 03 9 Regional road, pavement at the school
$821400 03 8 Regional road, guard rails and signs
$821500 03 4 Regional road, supervision and design
$821400 03 7 Regional road, bus bays and lighting
@ 0402 0901-0002 10.7 0 | corrections
-614200 01 -1800 Return of wrongly paid aid, correction
@ 0500 2003-0002 09.4 0 | corrections
-614200 01 -2400 Returned scholarships
@ 0700 0602-0009 04.5 0 | corrections
-613200 01 -3150 Credit note of the power company
@ 0600 1301-0001 08.1 0 | corrections
-614300 01 -1250 Unspent grants returned by clubs
@ 0300 0602-0001 01.3 0 | corrections
-611200 01 -900 Refund of sick pay
"""

# Revenue: code, fund, weight inside the fund, words; "*" marks the line which
# takes up the difference of the fund, "^" is new in rebalance_1 of 2024.
REVENUE = """
*717100 01 420 Share of indirect taxes by formula
*717100 01 34 Share of indirect taxes for roads
716100 01 190 Income tax on wages
716100 01 14 Income tax on self-employment
716100 01 9 Income tax on rents and assets
716100 01 3 Income tax on prizes and games
713100 01 1 Payroll tax, arrears
715100 01 1 Sales tax, arrears
711100 01 2 Profit tax, arrears of crafts
714100 01 26 Tax on houses, flats and cars
714100 01 7 Tax on holiday homes
714200 01 2 Tax on inheritance and gifts
714300 01 30 Tax on the transfer of property
721100 01 16 Rent of business premises
721100 01 7 Lease of public areas and terraces
721100 01 4 Lease of farm land
721200 01 2 Interest on deposits
721500 01 12 Concession for the quarry
721500 01 9 Concession for the small power plant
722100 01 11 Administrative fees
722100 01 3 Fees for weddings and certificates
722300 01 28 Communal fee on business signs
722300 01 14 Communal charge for lighting and parks
722300 01 3 Tourist tax
722400 01 24 Charge for building land
722400 01 14 Charge for rent of location
722400 01 7 Charge for change of use of farm land
722500 01 16 Road charge at registration of cars
722500 01 9 Water charges
722500 01 6 Forest charge
722500 01 11 Charge for natural disasters
722700 01 6 Parking
722700 01 7 Other revenue not planned
732100 01 34 Equalisation grant
811100 01 14 Sale of building plots
811100 01 6 Sale of flats
*722600 02 60 Preschool fees of parents
722600 02 14 Tickets of the culture house
722600 02 12 Rent of the sports hall and pool
722600 02 4 Fees of home care users
*732100 03 60 Current grants for social aid
*732200 03 60 Capital grants for roads and utilities
732200 03 20 Capital grants for school buildings
^732200 03 40 Grant for reconstruction of the regional road
*733100 04 14 Donations of firms and citizens
731100 04 16 Grants of foreign donors
*814300 05 50 Investment loan
"""


def numbers(table: str) -> tuple[float, ...]:
    """Read a table of numbers, one for each five-year age band."""
    return tuple(float(word) for word in table.split())


# By age band 0-4, 5-9 ... 80-84, 85 and over: people in a thousand, share of
# women, men surviving a year, people not moving away in a year.
AGE_SHAPE = numbers("""
44 47 49 52 56 60 64 67 69 68 69 73 74 68 56 38 27 19
""")
WOMEN_SHARE = numbers("""
0.485 0.486 0.486 0.487 0.488 0.489 0.492 0.495 0.499 0.503 0.509 0.517 0.528 0.542 0.56
0.585 0.615 0.66
""")
MEN_SURVIVAL = numbers("""
0.9985 0.9998 0.9998 0.9994 0.999 0.9988 0.9985 0.998 0.997 0.9952 0.992 0.9865 0.979
0.968 0.953 0.928 0.888 0.8
""")
STAYING = numbers("""
0.999 0.999 0.999 0.995 0.986 0.985 0.989 0.993 0.996 0.998 0.999 1 1 1 1 1 1 1
""")
PRICE_INDEX = {2023: "100.0", 2024: "103.9", 2025: "107.6", 2026: "110.7"}
PRICE_UNKNOWN = {("demo_topolnica", 2026)}

README = """# Demo data: three fictional towns

**Vrbograd** (`demo_vrbograd`), **Jasenik** (`demo_jasenik`) and **Topolnica**
(`demo_topolnica`) do not exist. Towns, people, clubs, institutions and amounts
are invented; any likeness to a real municipality is accidental. Do not quote
these numbers as facts about any place.

The setting is that of a small south-east European country with the currency
code BAM. The budget classification is in the style used there; programme and
activity codes are made up. The function codes are real COFOG group codes.

## How it is made

`python tests/demo_town.py` writes every file here from the tables in
`tests/demo_catalogue.py`, with Python's random generator and the seed
`$seed`. It needs only the standard library. The same seed gives the same
bytes, and `demo_town.files()` returns them, so a test can compare. Do not edit
the files by hand.

## Files

UTF-8, comma separated, with a header, lines end with `\\n`, amounts in BAM with
a dot and two decimals. An empty amount means "there is none" or "not known";
`0.00` means zero.

- `<town>/<year>_expenditure.csv`, 2023 to 2026. Codes and names of the
  organisation (department), unit (budget user, its code begins with the code
  of the organisation), programme, activity, `function_code` (COFOG group),
  economic group and item, fund; `description` is the line's own words.
  - `approved`: the budget as first adopted
  - `rebalance_1` (mid June), `rebalance_2` (mid November; in 2026 adopted on
    12 November): the **whole** revised appropriation, not the change
  - `committed`: contracted up to the end of the year (2026: so far)
  - `executed_q1` to `executed_q4`: spent from 1 January to the end of the
    quarter, **cumulative**
- `<town>/<year>_revenue.csv`: economic group and item, fund, description and
  the same stages without `committed`. Revenue equals expenditure to the cent
  at the three budget stages, in every fund as well as in total.
- `population.csv`: people on 1 January by sex and five-year band; the last
  band, 85 and over, has an empty `age_to`.
- `deflators.csv`: price index, 2023 = 100.0.
- `municipalities.csv`: code, name, country (`XX`), currency, fictional or not.
- `<town>/services.toml`: services, what pays for them, what is counted of them,
  what is missing and who finds it out; made from `tests/demo_use.py`.
- `<town>/use.csv`: figures of use by year, indicator, sex, age and group, counted
  or planned, with data grades A to E, small numbers among them. Some services
  have no figures at all.
- `<town>/rules.toml`: the rules for moving money, and what moves bring about;
  made from `tests/demo_rules.py`.

A row of expenditure is identified by organisation, unit, activity, economic
item, fund and description together (but see the double postings).

## Real-life flaws, put in on purpose

- 2026 is known only until 22 November: `executed_q4` is empty in every row.
- About 3 % of the expenditure rows (1 to 4 % in the smaller towns) have no
  function code, most of them in every year.
- Vrbograd: exactly 12 pairs of rows a year agree in everything except the
  amounts (double postings).
- Vrbograd: in 2025 the home care service moves from department 04 (unit 0404)
  to the new department 10 "Agency for care" (unit 1001).
- All towns: in 2025 the name of programme 0901 changes from "Social and child
  protection" to "Social protection and care".
- Some lines end and some begin every year; projects last one or two years.
- Lines which come only with a rebalance have an empty `approved` (and an empty
  `rebalance_1` if they come with the second).
- 2024 is an election year and has a supplementary budget: a transfer from a
  higher level for regional roads adds 6 % in `rebalance_1`.
- Correction lines with negative amounts: Vrbograd 5, Jasenik 2, Topolnica 1 a
  year; in a few other rows spending falls from the second to the third quarter
  because a payment was taken back.
- Late investments (40 to 70 % spent), a few lines with nothing spent, a few
  overruns; a few lines are cut to zero in `rebalance_2`.
- Topolnica's price index for 2026 is not known, so the row is missing.

## Totals

Exact sums of the columns; empty means not known or not a stage of revenue.

$totals
"""
