"""Towns: their names, offices and units, programmes and activities."""

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
# What is bought and not employed, though its amounts are drawn as those of wages are.
BOUGHT = {
    "Wages of home carers": ("613900", "Home carers, paid by the hour"),
    "Carers' wages": ("613900", "Home carers, paid by the hour"),
}
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
