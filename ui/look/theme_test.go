package look

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// texts are the colours that words are written in.
var texts = []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNamePlaceHolder, theme.ColorNameDisabled, theme.ColorNamePrimary,
	theme.ColorNameHyperlink, theme.ColorNameSuccess, theme.ColorNameWarning, theme.ColorNameError}

// surfaces are what words stand on.
var surfaces = []fyne.ThemeColorName{theme.ColorNameBackground, Sidebar, theme.ColorNameHeaderBackground, theme.ColorNameMenuBackground,
	theme.ColorNameOverlayBackground, theme.ColorNameInputBackground}

// inEachLook runs a test in light and in dark.
func inEachLook(t *testing.T, check func(t *testing.T, at func(fyne.ThemeColorName) color.NRGBA)) {
	for _, b := range []Brightness{Light, Dark} {
		t.Run(string(b), func(t *testing.T) {
			check(t, func(name fyne.ThemeColorName) color.NRGBA {
				return color.NRGBAModel.Convert(Theme{Brightness: b}.Color(name, 0)).(color.NRGBA)
			})
		})
	}
}

func TestTextIsReadableOnEverySurface(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{theme.ColorNameForeground, Tint}, {theme.ColorNameForeground, Notice}, {theme.ColorNameForeground, theme.ColorNameButton},
		{theme.ColorNamePrimary, Tint}, {theme.ColorNameDisabled, theme.ColorNameDisabledButton},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary}, {theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning}, {theme.ColorNameForegroundOnError, theme.ColorNameError},
		{theme.ColorNameForeground, theme.ColorNameFocus}, // the open entry of a menu
	}
	for _, s := range surfaces {
		for _, x := range texts {
			pairs = append(pairs, [2]fyne.ThemeColorName{x, s})
		}
	}
	inEachLook(t, func(t *testing.T, at func(fyne.ThemeColorName) color.NRGBA) {
		for _, p := range pairs {
			if c := contrast(at(p[0]), at(p[1])); c < 4.5 {
				t.Errorf("%s on %s has a contrast of %.2f : 1", p[0], p[1], c)
			}
		}
	})
}

func TestTextIsReadableWhereItIsSelectedAndUnderThePointer(t *testing.T) {
	inEachLook(t, func(t *testing.T, at func(fyne.ThemeColorName) color.NRGBA) {
		for _, veil := range []fyne.ThemeColorName{theme.ColorNameSelection, theme.ColorNameHover} {
			for _, s := range surfaces {
				if veil == theme.ColorNameSelection && (s == Sidebar || s == theme.ColorNameHeaderBackground) {
					continue // nothing is selected there
				}
				for _, x := range texts {
					if c := contrast(at(x), over(at(veil), at(s))); c < 4.5 {
						t.Errorf("%s on %s over %s has a contrast of %.2f : 1", x, veil, s, c)
					}
				}
			}
		}
		for _, veil := range []fyne.ThemeColorName{theme.ColorNameHover, theme.ColorNamePressed} {
			if c := contrast(at(theme.ColorNameForeground), over(at(veil), at(theme.ColorNameButton))); c < 4.5 {
				t.Errorf("a button under %s has a contrast of %.2f : 1", veil, c)
			}
		}
	})
}

func TestFocusAndEdgesAreSeenOnEverySurface(t *testing.T) {
	inEachLook(t, func(t *testing.T, at func(fyne.ThemeColorName) color.NRGBA) {
		for _, s := range append(slices.Clone(surfaces), theme.ColorNameButton, Tint) {
			// rings of what has the keyboard, and edges of buttons and fields
			for _, line := range []fyne.ThemeColorName{theme.ColorNamePrimary, theme.ColorNameInputBorder} {
				if c := contrast(at(line), at(s)); c < 3 {
					t.Errorf("a line of %s on %s has a contrast of %.2f : 1", line, s, c)
				}
			}
		}
		for _, s := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameMenuBackground, theme.ColorNameInputBackground} {
			if c := contrast(at(theme.ColorNameFocus), at(s)); c < 3 {
				t.Errorf("the focus on %s has a contrast of %.2f : 1", s, c)
			}
		}
	})
}

func TestTypeScaleHasFourSizes(t *testing.T) {
	sizes := map[fyne.ThemeSizeName]float32{theme.SizeNameHeadingText: 20, theme.SizeNameSubHeadingText: 15, theme.SizeNameText: 14,
		theme.SizeNameCaptionText: 12}
	for name, size := range sizes {
		if is := (Theme{}).Size(name); is != size {
			t.Errorf("%s is %v, not %v", name, is, size)
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

// over is what is seen of a veil over a surface.
func over(veil, surface color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(veil.A) + int(b)*(255-int(veil.A))) / 255) }
	return color.NRGBA{R: mix(veil.R, surface.R), G: mix(veil.G, surface.G), B: mix(veil.B, surface.B), A: 255}
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
