package desk

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
	"consign/ui/words"
)

// windows are the sizes of windows in Fyne's units: 1024×700 and 1366×768 pixels at 100, 150 and 200 %, of which the menu bar takes a part.
var windows = []fyne.Size{{Width: 1024, Height: 700}, {Width: 683, Height: 467}, {Width: 512, Height: 320}, {Width: 1366, Height: 768},
	{Width: 911, Height: 512}, {Width: 683, Height: 384}}

func TestNoTextIsCutWithoutATipAndNoButtonIsOutsideInAnyLanguageAndSize(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, words.Speak(words.English)) })
	folder := t.TempDir()
	for _, language := range words.Languages() {
		t.Run(string(language), func(t *testing.T) {
			require.NoError(t, words.Speak(language))
			p := newProgram(t, folder)
			p.Start(true, false)
			look := func(what string) {
				for _, size := range windows {
					p.Window.Resize(size)
					for _, wrong := range uitest.Misplaced(p.Window) {
						t.Errorf("%s, %vx%v: %s", what, size.Width, size.Height, wrong)
					}
				}
			}
			for _, at := range everyPlace(t, p) {
				p.desk.Go(at)
				look(fmt.Sprintf("%s, %s %d", at.Tab, at.Page, at.ID))
				if paste := pageOf(p.desk).Paste; paste != nil {
					paste(tourList)
					look(fmt.Sprintf("%s, %s with lines", at.Tab, at.Page))
				}
			}
		})
	}
}

func TestButtonsOfTheSettingsAndOverAListStandApart(t *testing.T) {
	p := northwind(t)
	p.Window.Resize(fyne.NewSize(1024, 2000))
	for _, e := range settings.Entries() {
		p.desk.goTo(page.Place{Tab: page.SettingsTab, Page: e.Page})
		require.Empty(t, uitest.Crowded(p.Window, 7.5), e.Title)
	}
	p.desk.goTo(page.Place{Tab: page.ResellerTab, Page: page.Devices})
	pageOf(p.desk).ByList()
	require.Empty(t, uitest.Crowded(p.Window, 7.5))
}

// everyPlace are all pages that a person can come to, those behind others too.
func everyPlace(t *testing.T, p *program) []page.Place {
	return append(places(t, p), page.Place{Tab: page.SettingsTab, Page: settings.Check},
		page.Place{Tab: page.SettingsTab, Page: settings.Backups}, page.Place{Tab: page.ResellerTab, Page: page.ToCarry})
}
