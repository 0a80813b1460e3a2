// Package look is the face of Consign: one quiet, compact theme, light and dark, and the scale of everything.
package look

import (
	"image/color"
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Brightness is the user's choice of light or dark.
type Brightness string

// The choices.
const (
	FollowSystem Brightness = ""
	Light        Brightness = "light"
	Dark         Brightness = "dark"
)

// Colours of the desk that Fyne has no name for.
const (
	// Sidebar is behind the sidebar and the header.
	Sidebar fyne.ThemeColorName = "sidebar"
	// Notice is behind what marks the sample register.
	Notice fyne.ThemeColorName = "notice"
	// Tint is behind the chosen entry of the sidebar.
	Tint fyne.ThemeColorName = "tint"
)

// Scales are the sizes that one can choose, in percent, from the smallest to the largest. Fyne shows tenths: 75 % would be 80 %.
var Scales = []int{80, 90, 100, 110, 130, 150, 180, 200, 250, 300}

// Theme is Consign's theme. It stands on Fyne's for fonts and icons.
type Theme struct {
	Brightness Brightness
}

// Color is the colour of a name. Colours that Consign does not know are Fyne's.
func (t Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.Brightness {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	palette := light
	if variant == theme.VariantDark {
		palette = dark
	}
	if c, ok := palette[name]; ok {
		return rgba(c)
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font is Fyne's.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon is Fyne's.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size is the size of a name: the one type scale of Consign has title 20, section 15, body 14 and small 12, and nothing smaller.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 14
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameSubHeadingText:
		return 15
	case theme.SizeNameHeadingText:
		return 20
	case theme.SizeNameInlineIcon:
		return 16
	case theme.SizeNameInnerPadding:
		return 5
	case theme.SizeNameScrollBar:
		return 11
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius:
		return 4
	case theme.SizeNameModalBlurRadius:
		return 0 // a blur of the whole window costs more than the page under it on software renderers
	}
	return theme.DefaultTheme().Size(name)
}

// ReadFonts reads the fonts that the desk is written in, which takes as long as making a window. It may run beside Fyne's goroutine while
// no text is measured or painted there.
func ReadFonts() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		fyne.MeasureText(" ", theme.TextSize(), style)
	}
}

const scaleVariable = "FYNE_SCALE"

// ApplyScale makes everything in the windows percent as large as normal, at once. It belongs to Fyne's goroutine.
//
// Fyne reads the environment whenever it works out a window's scale, and has no other way in for a program's own setting. It would also
// make the windows larger, beyond the screen, if their canvases were not made smaller before in its units.
func ApplyScale(app fyne.App, percent int) {
	percent = min(max(percent, Scales[0]), Scales[len(Scales)-1])
	if before, err := strconv.ParseFloat(os.Getenv(scaleVariable), 32); err == nil {
		by := float32(before) * 100 / float32(percent)
		for _, w := range app.Driver().AllWindows() {
			if c, ok := w.Canvas().(interface{ Resize(fyne.Size) }); ok {
				c.Resize(fyne.NewSize(w.Canvas().Size().Width*by, w.Canvas().Size().Height*by))
			}
		}
	}
	_ = os.Setenv(scaleVariable, strconv.FormatFloat(float64(percent)/100, 'f', 2, 64))
	app.Settings().SetTheme(app.Settings().Theme())
}

// rgba reads 0xRRGGBBAA.
func rgba(c uint32) color.Color {
	return color.NRGBA{R: uint8(c >> 24), G: uint8(c >> 16), B: uint8(c >> 8), A: uint8(c)}
}
