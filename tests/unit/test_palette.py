"""Colours and letters: women and men are told apart by everyone, and every language is drawn."""

import colorsys
from pathlib import Path

import pytest
import streamlit
from fontTools.ttLib import TTFont

from budgeting.ui import palette

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
LUMINANCE = (0.2126, 0.7152, 0.0722)
LEAST_DIFFERENCE = 25  # L*
SEXES = {"women": palette.WOMEN, "men": palette.MEN}


def channels(colour):
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def lightness(colour, sight="normal"):
    """Return CIE L* of a colour as someone with that sight sees it."""
    rgb = [linear(channel) for channel in channels(colour)]
    seen = [
        sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in SIGHT[sight]
    ]
    y = sum(weight * min(1, max(0, part)) for weight, part in zip(LUMINANCE, seen, strict=True))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def test_lightness_is_measured():
    """White is 100, black is 0, pure red 53.2."""
    assert [100, 0, 53.2] == [round(lightness(c), 1) for c in ("#ffffff", "#000000", "#ff0000")]


@pytest.mark.parametrize("sight", SIGHT)
def test_women_and_men_differ_in_lightness(sight):
    """In grey print and for the colour-blind the two stay apart."""
    difference = abs(lightness(palette.WOMEN, sight) - lightness(palette.MEN, sight))
    assert difference >= LEAST_DIFFERENCE


@pytest.mark.parametrize("sex", SEXES)
def test_a_sex_is_neither_pink_nor_blue(sex):
    """Blue is a hue of 180 to 255 degrees, pink a light one of 300 to 350."""
    hue, light, _ = colorsys.rgb_to_hls(*channels(SEXES[sex]))
    assert not 180 <= hue * 360 <= 255
    assert not (290 <= hue * 360 <= 355 and light > 0.5)


def test_not_known_is_grey():
    """What is not known has no hue and is as bright as neither."""
    assert 1 == len(set(channels(palette.SEX_UNKNOWN)))
    assert lightness(palette.WOMEN) < lightness(palette.SEX_UNKNOWN) < lightness(palette.MEN)


def test_stances_run_from_dark_to_light():
    """Principal is darkest; not screened is outlined, not filled."""
    filled = [colour for colour in palette.STANCES.values() if colour != "none"]
    measured = [lightness(colour) for colour in filled]
    assert 4 == len(measured)
    assert sorted(measured) == measured
    assert "none" == palette.STANCES["not_screened"]


@pytest.mark.parametrize("background", ["#FFFFFF", "#101416"])
def test_the_text_of_charts_can_be_read(background):
    """Contrast of at least 3 to 1 on the light and on the dark background."""
    ground, ink = (
        sum(w * linear(c) for w, c in zip(LUMINANCE, channels(colour), strict=True)) + 0.05
        for colour in (background, palette.CHART_TEXT)
    )
    assert max(ground, ink) / min(ground, ink) >= 3


# --- letters --------------------------------------------------------------

MEDIA = Path(streamlit.__file__).parent / "static" / "static" / "media"
LETTERS = {
    "Latin": "ČčĆćĐđŠšŽž ÅåÄäÖö",
    "Baltic": "ĄąČčĘęĖėĮįŠšŲųŪūŽž ĀāĒēĢģĪīĶķĻļŅņ",
    "Cyrillic": "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ абвгдђежзијклљмнњопрстћуфхцчџш",
}


@pytest.mark.parametrize("alphabet", LETTERS)
@pytest.mark.parametrize("family", ["SourceSans", "SourceSerif"])
def test_the_fonts_have_the_letters(family, alphabet):
    """Each upright file of the two families that Streamlit carries draws every letter and sign."""
    files = [path for path in MEDIA.glob(f"{family}*.woff2") if "Italic" not in path.name]
    assert files
    for path in files:
        drawn = TTFont(path).getBestCmap()
        missing = {letter for letter in LETTERS[alphabet] + "–“”„·›≤%" if ord(letter) not in drawn}
        assert set() == missing, path.name
