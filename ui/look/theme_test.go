package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestTextIsReadableOnEverySurface(t *testing.T) {
	surfaces := []fyne.ThemeColorName{theme.ColorNameBackground, Sidebar, theme.ColorNameHeaderBackground,
		theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground}
	texts := []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameDisabled, theme.ColorNamePrimary,
		theme.ColorNameSuccess, theme.ColorNameWarning, theme.ColorNameError}
	pairs := [][2]fyne.ThemeColorName{
		{theme.ColorNameForeground, Tint}, {theme.ColorNameForeground, Notice}, {theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNamePrimary, Tint},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}, {theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning}, {theme.ColorNameForegroundOnError, theme.ColorNameError},
	}
	for _, s := range surfaces {
		for _, x := range texts {
			pairs = append(pairs, [2]fyne.ThemeColorName{x, s})
		}
	}
	for _, b := range []Brightness{Light, Dark} {
		look := Theme{Brightness: b}
		for _, p := range pairs {
			if c := contrast(look.Color(p[0], 0), look.Color(p[1], 0)); c < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f : 1", b, p[0], p[1], c)
			}
		}
		if c := contrast(look.Color(theme.ColorNameInputBorder, 0), look.Color(theme.ColorNameInputBackground, 0)); c < 3 {
			t.Errorf("%s: the border of an input has a contrast of %.2f : 1", b, c)
		}
	}
}

func TestBothPalettesNameTheSameColours(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("dark lacks %s", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d colours, dark %d", len(light), len(dark))
	}
}

func TestChosenBrightnessWinsOverTheSystems(t *testing.T) {
	test.NewTempApp(t)
	if (Theme{Brightness: Dark}).Color(theme.ColorNameBackground, theme.VariantLight) != rgba(dark[theme.ColorNameBackground]) {
		t.Error("dark was chosen, the system's light is shown")
	}
	if (Theme{}).Color(theme.ColorNameBackground, theme.VariantLight) != rgba(light[theme.ColorNameBackground]) {
		t.Error("without a choice the system's light must show")
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
