"""Templates: lines that every unit of a kind has."""

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
