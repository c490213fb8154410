"""People and prices: who lives in the towns, by age and sex, and what a mark is worth."""


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
