"""Tables from which the demo's services and figures of their use are written; everything is invented.

``demo_town.py`` writes them into ``data/demo/<town>/services.toml`` and ``use.csv``.

A block of ``SERVICES`` begins with ``@ code towns [key=value …] | name``. Keys are ``kind``,
``treatment``, ``sex``, ``ages`` (from-to), ``life``, ``rate`` and ``owner``. Below it stand

* ``$ programme [economic] [share] [capital]``   what pays for it; an economic class narrows it
* ``= label of a grant to a club [| towns]``     a line that pays for it; ``-`` leaves it out of a programme
* ``+ label of a revenue line [| towns]``        fees that users pay
* ``# role suffix unit grade women men [other unknown] [key=value …] | label``  what is counted, in
  Vrbograd in 2025; ``-`` is not known. Keys are ``all`` (no sexes), ``sample``, ``plan`` (women/men),
  ``ages`` and ``group``: a figure of a part, with the same suffix; ``rest``: what other ages leave
* ``? what state due owner``                     what is not known, and who finds it out
* ``! year question words``                      an answer to the 4R questions, in Vrbograd only
"""

import csv
import io
from collections.abc import Iterator
from random import Random

SEED = "paritet-use-1"
YEARS = (2023, 2024, 2025, 2026)
SIZE = {"V": 1.0, "J": 0.45, "T": 0.27}
COLUMNS = (
    *("year", "code", "indicator", "unit", "sex", "age", "group", "kind"),
    *("figure", "grade", "sample", "source"),
)
SEXES = ("female", "male", "other", "unknown")
SOURCES = {
    "A": "register of the provider (fictional)",
    "B": "count of the provider (fictional)",
    "C": "survey of the town (fictional)",
    "D": "judgement of staff (fictional)",
    "E": "share of the population (fictional)",
}
FEES = "economic_class=722/722600;fund=02;label="
GRANT = (
    "organisation=06/0600;programme=1301/1301-0001;function=08/08.1;economic_class=614/614300;"
    "fund=01;label="
)
SMALL = 20  # of fewer than so many the number itself is the story: it does not move with the years

SERVICES = """
@ preschool VJT owner=Education life=20 rate=0.03 | Preschools
$ 2001/2001-0001
$ 2001/2001-0001 821 capital
+ Preschool fees of parents
# users users persons A 612 655 | Children in preschools
# users users persons A 4 3 group=minority/roma | Children in preschools
# users users persons A 6 14 group=disability | Children in preschools
# users users persons A 96 101 group=rural | Children in preschools
# users users persons A 96 104 group=income/low | Children in preschools
# users users persons A 330 356 group=income/middle | Children in preschools
# users users persons A 186 195 group=income/high | Children in preschools
# waiting waiting persons A 48 41 | Children waiting for a place
# waiting waiting persons A 21 17 group=rural | Children waiting for a place
# intensity hours hours A 918000 975200 | Hours in preschools
# eligible eligible persons A 845 893 | Children aged 1 to 5
# eligible eligible persons B 31 28 group=minority/roma | Children aged 1 to 5
# eligible eligible persons B 214 229 group=rural | Children aged 1 to 5
# eligible eligible persons B 210 225 group=income/low | Children aged 1 to 5
# eligible eligible persons B 430 452 group=income/middle | Children aged 1 to 5
# eligible eligible persons B 205 216 group=income/high | Children aged 1 to 5
? group:income asked 2026-12-31 Education
! 2025 representation_users Girls and boys come in equal parts; who fetches them is not recorded.
! 2025 realisation_goal No child on the waiting list by 2028; the list is kept by sex and place.

@ primary VJT ages=5-14 owner=Education | Primary schools
$ 2002/2002-0001
$ 2002/2002-0004 capital
# users users persons A 1790 1885 | Pupils of primary schools
# users users persons A 61 55 group=minority/roma | Pupils of primary schools

@ school_transport VJ ages=5-14 owner=Education | School transport
$ 2002/2002-0002
# users users persons B 410 455 | Pupils with a ticket
# users users persons B 402 449 group=rural | Pupils with a ticket
# eligible eligible persons B 520 561 | Pupils who live outside the town
# eligible eligible persons B 520 561 group=rural | Pupils who live outside the town

@ pupil_support V ages=5-14 owner=Education | Support to pupils
$ 2002/2002-0003
# users users persons A 268 251 | Pupils with free books and meals
# users users persons A 231 219 group=income/low | Pupils with free books and meals
# users users persons A 31 26 group=income/middle | Pupils with free books and meals
# users users persons A 6 6 group=income/high | Pupils with free books and meals
# eligible eligible persons B 420 440 group=income/low | Children of school age
# eligible eligible persons B 980 1035 group=income/middle | Children of school age
# eligible eligible persons B 442 465 group=income/high | Children of school age

@ secondary V ages=15-19 owner=Education | Secondary schools
$ 2003/2003-0001
# users users persons A 702 731 | Pupils of secondary schools

@ scholarships VJ ages=15-24 owner=Education | Scholarships
$ 2003/2003-0002
# users users persons A 96 61 | Scholarships given
# users users persons A 2 3 group=disability | Scholarships given
# waiting waiting persons A 41 28 | Applications refused

@ social_work V owner=Social affairs | Centre for social work
$ 0901/0901-0001
# users users persons D 1830 1640 | Persons advised

@ aid VJT owner=Social affairs | One-off and regular aid
$ 0901/0901-0002
# users users persons A 702 588 | Persons with aid
# users users persons A 96 7 group=single_parent | Persons with aid
# users users persons A 61 48 group=minority/roma | Persons with aid
# users users persons A 655 540 group=income/low | Persons with aid
# eligible eligible persons B 1010 880 | Persons below the poverty line

@ home_care VJT ages=65- owner=Agency_for_care | Home care for older people
$ 0901/0901-0003
+ Fees of home care users | V
# users users persons A 212 71 plan=200/80 | Users of home care
# users users persons A 62 27 ages=65-74 | Users of home care
# users users persons A 150 44 ages=75+ rest | Users of home care
# users users persons A 58 21 group=rural | Users of home care
# users users persons A 39 9 ages=75+ group=rural | Users of home care
# users users persons A 71 30 group=disability | Users of home care
# eligible eligible persons B 1610 1240 group=rural | Residents of 65 and more
# eligible eligible persons B 780 455 ages=75+ group=rural | Residents of 65 and more
# eligible eligible persons B 890 640 group=disability | Residents of 65 and more
# waiting waiting persons A 420 120 | Waiting for home care
# waiting waiting persons A 238 67 group=rural | Waiting for home care
# waiting waiting persons A 190 58 group=disability | Waiting for home care
# fees fees money A 14600 4380 | Fees invoiced to users of home care
# intensity hours hours A 25440 7810 | Hours of home care
? group:minority open 2027-03-31 Agency_for_care
! 2025 representation_users Three of four users are women, because women live longer and alone.
! 2025 representation_missing Older men in villages rarely apply; neighbours and daughters care for them.
! 2025 resources_unpaid Daughters and wives do what the hours do not cover.

@ day_centre V ages=65- owner=Social affairs | Day centre
$ 0901/0901-0004
# users users persons B 58 39 plan=60/60 | Visitors of the day centre
# intensity days days B 7420 4680 | Days in the day centre

@ older_club VJ ages=65- owner=Social affairs | Older persons' club
$ 0901/0901-0005
# users users persons C 610 390 sample=240 | Members of the club
# eligible eligible persons C 1050 820 sample=240 | Residents of 65 and more who would come

@ violence VJT sex=female owner=Social affairs | Protection from violence
$ 0901/0901-0006
# users users persons A 37 3 | Persons protected
# users users persons A 4 - group=minority/roma | Persons protected

@ families V owner=Social affairs | Support to families and children
$ 0901/0901-0007
# users users persons A 420 35 | Parents with support
# users users persons A 118 4 group=single_parent | Parents with support
# eligible eligible persons B 640 60 | Parents with a right to support

@ housing_aid V owner=Social affairs | Housing aid
$ 0901/0901-0008
# users users households B 84 all | Households with housing aid
? users_by_sex asked 2026-12-31 Social affairs

@ inclusion V owner=Social affairs | Inclusion of persons with disabilities
$ 0901/0901-0009
# users users persons B 31 44 plan=40/40 | Persons in programmes of inclusion
# eligible eligible persons D 980 1010 | Persons with disabilities

@ health VJ owner=Social affairs | Health centre
$ 1801/1801-0001
# users users persons D 9800 8700 | Patients seen in the year

@ sports_clubs VJT ages=5-34 owner=Culture and sport | Grants to sports clubs
$ 1301/1301-0001
- Men's football club, first team
- Men's football club, second team | V
- Men's basketball club | VJ
- Men's handball club | VJ
# users users persons D 640 1980 | Members of sports clubs
? users_by_sex open 2026-12-31 Culture and sport

@ men_sport VJT sex=male ages=15-34 owner=Culture and sport | Men's teams in leagues
= Men's football club, first team
= Men's football club, second team | V
= Men's basketball club | VJ
= Men's handball club | VJ
# users users persons A - 280 | Players with a licence
# waiting waiting persons A - 24 | Players without a place in a team

@ women_sport V sex=female ages=5-34 owner=Culture and sport | Girls' and women's sport
$ 1301/1301-0002
# users users persons A 310 - | Members of teams of girls and women
# waiting waiting persons A 160 - | Girls who wait for a place in a team

@ sports_facilities V owner=Culture and sport life=25 | Sports facilities
$ 1301/1301-0003
$ 1301/1301-0003 821 capital
+ Rent of the sports hall and pool | V
# users users persons C 1450 2380 sample=400 | Persons who use halls and pool
# intensity visits visits C 40100 71400 sample=400 | Visits to halls and pool
# eligible eligible persons C 3100 2900 sample=400 | Residents who would use halls and pool

@ youth VT ages=15-29 owner=Culture and sport | Youth work
$ 1301/1301-0004
? users_by_sex open 2026-12-31 Culture and sport
? age open - Culture and sport

@ library VJT owner=Culture and sport | Library
$ 1201/1201-0002
# users users persons A 2310 1180 1 41 | Readers with a card
# users users persons A 640 350 ages=0-17 | Readers with a card
# users users persons A 1250 560 ages=18-64 | Readers with a card
# users users persons A 420 270 ages=65+ rest | Readers with a card
# users users persons A 66 29 ages=65+ group=rural | Readers with a card
# intensity visits visits A 19800 9100 - 350 | Visits to the library

@ museum V owner=Culture and sport | Museum
$ 1201/1201-0003
# users users persons B 6400 all | Visitors of the museum
? users_by_sex asked 2026-09-30 Culture and sport

@ events V owner=Culture and sport | Cultural events
$ 1201/1201-0004
# users users persons E 4100 3900 | Visitors of events

@ bus V owner=Works | Public transport
$ 0701/0701-0004
# users users persons C 3300 2500 sample=380 | Passengers in a usual week
# users users persons C 1500 1250 group=income/low sample=380 | Passengers in a usual week
# users users persons C 1350 900 group=income/middle sample=380 | Passengers in a usual week
# users users persons C 450 350 group=income/high sample=380 | Passengers in a usual week
# eligible eligible persons B 5600 3400 | Residents without a car
# eligible eligible persons B 2600 1750 group=income/low | Residents without a car
# eligible eligible persons B 2250 1200 group=income/middle | Residents without a car
# eligible eligible persons B 750 450 group=income/high | Residents without a car
# intensity visits visits C 412000 301000 sample=380 | Journeys

@ farmers VJ owner=Economy | Support to farmers
$ 0101/0101-0001
# users users persons A 61 402 plan=120/380 | Holders of farms with support
# eligible eligible persons A 320 980 | Holders of farms

@ business V owner=Economy | Support to business
$ 1501/1501-0001
# users users persons A 22 71 | Owners of firms with support
# eligible eligible persons A 190 420 | Owners of small firms

@ employment VJ ages=15-64 owner=Economy | Employment
$ 1501/1501-0002
# users users persons A 118 97 plan=130/90 | Persons in measures
# eligible eligible persons A 1420 1190 | Unemployed persons
# users users persons A 5 4 group=disability | Persons in measures

@ social_housing V owner=Works | Social housing
$ 1101/1101-0002
? users_by_sex open 2027-06-30 Works

@ parks V kind=non_excludable treatment=survey owner=Works | Parks and green areas
$ 0401/0401-0003
# users users persons C 8200 6900 sample=420 | Persons who use parks

@ lighting VJT kind=non_excludable treatment=population owner=Works | Street lighting
$ 1102/1102-0001

@ fire VJ kind=non_excludable treatment=population owner=Protection | Fire brigade
$ 0603/0603-0001

@ roads VJT kind=non_excludable treatment=exclude owner=Works | Roads
$ 0701/0701-0001
$ 0701/0701-0003

@ administration VJT kind=overhead treatment=exclude owner=Administration | Administration
$ 0602/0602-0001
$ 0602/0602-0009
"""


def blocks(letter: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Yield the services of a town: what its head says, and its lines."""
    for block in SERVICES.strip().split("\n@"):
        head, *rows = block.lstrip("@ ").strip().splitlines()
        words, _, name = head.partition("|")
        code, towns, *pairs = _pairs(words)
        if letter in towns:
            said = dict(pair.split("=", 1) for pair in pairs)
            yield {"code": code, "name": name.strip(), **said}, [row for row in rows if row]


def _pairs(words: str) -> list[str]:
    """Split words at spaces; a value goes on until the next ``key=``."""
    found: list[str] = []
    for word in words.split():
        if found and "=" in found[-1] and "=" not in word:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return [word.replace("_for_", " for ") for word in found]


def services(letter: str) -> str:
    """Return the services of a town as TOML."""
    parts = [
        "# The services of a fictional town: what pays for them, what is counted, what is missing.",
        "# Written by tests/demo_town.py; do not edit it by hand.",
    ]
    for head, rows in blocks(letter):
        parts += ["", "[[service]]", *_head(head)]
        parts += _listed("lines", list(_lines(rows, letter)))
        parts += _listed("indicators", _links(head["code"], rows))
        parts += _listed("needs", [_need(row) for row in rows if row[0] == "?"])
        answers = [_answer(row) for row in rows if row[0] == "!"] if letter == "V" else []
        parts += _listed("answers", answers)
    return "\n".join(parts) + "\n"


def _head(head: dict[str, str]) -> Iterator[str]:
    for key in ("code", "name", "kind", "treatment", "sex", "owner"):
        if key in head:
            yield f'{key} = "{head[key]}"'
    if "ages" in head:
        first, last = head["ages"].split("-")
        yield f"age_from = {first}"
        if last:
            yield f"age_to = {last}"
    if "life" in head:
        yield f"capital_life = {head['life']}"
    if "rate" in head:
        yield f'capital_rate = "{head["rate"]}"'


def _listed(name: str, rows: list[str]) -> list[str]:
    return [f"{name} = [", *(f"    {row}," for row in rows), "]"] if rows else []


def _lines(rows: list[str], letter: str) -> Iterator[str]:
    for row in rows:
        label, _, towns = row[1:].partition("|")
        if row[0] == "$":
            yield _line(row)
        elif row[0] in "+=-" and letter in (towns or letter):
            yield _single_line(row[0], label.strip())


def _line(row: str) -> str:
    programme, *rest = row[1:].split()
    said = [f'programme = "{programme}"']
    said += [f'economic = "{word}"' for word in rest if word.isdigit()]
    said += ["is_capital = true"] if "capital" in rest else []
    return f"{{ {', '.join(said)} }}"


def _single_line(sign: str, label: str) -> str:
    if sign == "+":
        return f'{{ line = "{FEES}{label}", direction = "revenue" }}'
    share = ', share = "0"' if sign == "-" else ""
    return f'{{ line = "{GRANT}{label}"{share} }}'


def _links(code: str, rows: list[str]) -> list[str]:
    links = dict.fromkeys((row.split()[1], row.split()[2]) for row in rows if row[0] == "#")
    return [f'{{ code = "{code}.{suffix}", role = "{role}" }}' for role, suffix in links]


def _need(row: str) -> str:
    what, state, due, owner = row[1:].split(maxsplit=3)
    date = "" if due == "-" else f"due = {due}, "
    owner = owner.replace("_", " ")
    return f'{{ what = "{what}", state = "{state}", {date}owner = "{owner}" }}'


def _answer(row: str) -> str:
    year, question, words = row[1:].split(maxsplit=2)
    return f'{{ year = {year}, question = "{question}", words = "{words}" }}'


def use(letter: str) -> str:
    """Return the figures of a town as CSV."""
    memory = io.StringIO()
    writer = csv.writer(memory, lineterminator="\n")
    writer.writerow(COLUMNS)
    for head, rows in blocks(letter):
        left: Left = {}
        for row in rows:
            if row[0] == "#":
                writer.writerows(_figures(head["code"], row, letter, left))
    return memory.getvalue()


Left = dict[tuple[str, str, int, str], int]
"""Suffix, kind, year and sex -> how many of the whole no age has taken yet."""


def _figures(code: str, row: str, letter: str, left: Left) -> Iterator[tuple[object, ...]]:
    words, _, label = row[1:].partition("|")
    _role, suffix, unit, grade, *rest = words.split()
    said = dict(word.split("=", 1) for word in rest if "=" in word)
    numbers = [word for word in rest if "=" not in word and word != "rest"]
    sexes = ("all",) if "all" in numbers else SEXES
    base = dict(zip(sexes, [word for word in numbers if word != "all"], strict=False))
    growth = {
        sex: Random(f"{SEED} {letter} {code} {suffix} {sex}").uniform(-0.03, 0.05) for sex in base
    }
    is_whole = not {"ages", "group"} & set(said)
    for year in YEARS:
        for sex, number in base.items():
            about = (year, f"{code}.{suffix}", label.strip(), unit, sex)
            part = (said.get("ages", ""), said.get("group", ""))
            tail = (grade, said.get("sample", ""), SOURCES[grade])
            if number != "-":
                key = (suffix, "actual", year, sex)
                count = _number(number, letter, growth[sex], year)
                count = left[key] if "rest" in rest else count
                if is_whole:
                    left[key] = count
                elif "group" not in said:
                    left[key] -= count
                yield (*about, *part, "actual", count, *tail)
            if "plan" in said and sex in ("female", "male"):
                planned = said["plan"].split("/")[sex == "male"]
                yield (*about, *part, "planned", _number(planned, letter, 0.0, year), *tail)


def _number(written: str, letter: str, growth: float, year: int) -> int:
    number = int(written)
    if number < SMALL:
        return max(1, round(number * SIZE[letter] ** 0.5))
    return round(number * SIZE[letter] * (1 + growth) ** (year - 2025))
