package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheRulerMeasuresAsFyneDoes(t *testing.T) {
	r := newRuler(theme.TextSize())
	for _, text := range []ruled{{text: "354680000925117"}, {text: "1,234,567.89 (-1)"}, {text: "22/11/2026 07:45"},
		{text: "A10000009296F2 -R58N", mono: true}, {text: "AVATAR Toys, Ltd."}, {text: "Müller", bold: true}} {
		want := fyne.MeasureText(text.text, r.size, fyne.TextStyle{Monospace: text.mono, Bold: text.bold}).Width
		require.InDelta(t, want, r.width(text), 0.5, text.text)
		require.GreaterOrEqual(t, r.atMost(text), want-0.5, text.text)
	}
}

func TestACutTextFitsAndCouldNotBeLonger(t *testing.T) {
	r := newRuler(theme.TextSize())
	rapid.Check(t, func(t *rapid.T) {
		whole := ruled{text: rapid.StringMatching(`[A-Za-zäöü0-9 ]{1,30}`).Draw(t, "text"), mono: rapid.Bool().Draw(t, "mono")}
		room := rapid.Float32Range(20, 300).Draw(t, "room")
		cut := r.cut(whole, room)
		width := func(s string) float32 {
			return fyne.MeasureText(s, r.size, fyne.TextStyle{Monospace: whole.mono}).Width
		}
		if width(cut) > room+0.5 {
			t.Fatalf("%q is %g wide, room is %g", cut, width(cut), room)
		}
		if cut != whole.text {
			runes := []rune(whole.text)
			if longer := string(runes[:len([]rune(cut))]) + "…"; len([]rune(cut)) < len(runes) && width(longer) <= room-0.5 {
				t.Fatalf("%q would fit, cut to %q", longer, cut)
			}
		}
	})
}
