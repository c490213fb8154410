"""The colours: one file, so that women and men look the same on every page and every export.

Violet and amber lie far apart in lightness: they survive grey print and colour blindness, and
neither is pink or blue. A test measures it.
"""

WOMEN = "#5b2a86"
MEN = "#e8a33d"
SEX_UNKNOWN = "#9a9a9a"

# One hue from dark to light for what money is meant to do; not screened is outlined, never filled.
STANCES = {
    "principal": "#0b4f57",
    "significant": "#3f8f96",
    "unclear": "#8fc3c5",
    "none": "#d5dfe0",
    "not_screened": "none",
}

# The same on a dark page, where what stands out is light.
STANCES_ON_DARK = {
    "principal": "#c4f0f1",
    "significant": "#5fb3b9",
    "unclear": "#34767c",
    "none": "#3a484b",
    "not_screened": "none",
}

BAR = "#2b7a83"
CHART_TEXT = "#7b8487"  # readable on the light and on the dark background
MORE = "#1f6f8b"
LESS = "#b5541c"
RANGE = "#ffffff"  # a range on a strip: light on women's and men's colour alike
