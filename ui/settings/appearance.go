package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/words"
)

// appearancePage chooses light or dark, the size of everything, and the language.
func appearancePage(o Office) *page.Page {
	app := fyne.CurrentApp()
	choices := Of(app)

	brightness := newPick([]option[look.Brightness]{
		{look.FollowSystem, lang.L("As the system")}, {look.Light, lang.L("Light")}, {look.Dark, lang.L("Dark")},
	}, choices.Brightness(), func(b look.Brightness) {
		choices.SetBrightness(b)
		app.Settings().SetTheme(look.Theme{Brightness: b})
	})

	percent := func(p int) string { return lang.L("{{.Percent}} %", map[string]any{"Percent": p}) }
	sizes := make([]string, len(look.Scales))
	for i, p := range look.Scales {
		sizes[i] = percent(p)
	}
	size := control.NewSelect(sizes, nil)
	size.SetSelected(percent(choices.Scale()))
	size.OnChanged = func(string) {
		p := look.Scales[size.SelectedIndex()]
		choices.SetScale(p)
		look.ApplyScale(app, p)
	}

	again := control.NewButton(lang.L("Restart now"), o.Restart)
	return &page.Page{Title: lang.L("Appearance"), Reload: func() { size.SetSelected(percent(choices.Scale())) }, Content: sections(
		setting(lang.L("Light and dark"), brightness, ""),
		setting(lang.L("Size of everything"), container.NewHBox(size), lang.L("Ctrl and plus or minus change it, too.")),
		setting(lang.L("Language"), container.New(layout.NewCustomPaddedHBoxLayout(8), newLanguages(choices), again),
			lang.L("Takes effect at the next start of Consign.")),
	)}
}

// newLanguages chooses the language from a list: they are too many for a line.
func newLanguages(choices Choices) *control.Select {
	all := append([]words.Language{words.System}, words.Languages()...)
	names := make([]string, len(all))
	for i, l := range all {
		if names[i] = l.Name(); l == words.System {
			names[i] = lang.L("As the system")
		}
	}
	pick := control.NewSelect(names, nil)
	pick.SetSelectedIndex(slices.Index(all, choices.Language()))
	pick.OnChanged = func(string) { choices.SetLanguage(all[pick.SelectedIndex()]) }
	return pick
}

// option is a value and how people call it.
type option[T comparable] struct {
	value T
	text  string
}

// newPick chooses one of a few options.
func newPick[T comparable](options []option[T], chosen T, choose func(T)) *control.Radio {
	texts := make([]string, len(options))
	for i, o := range options {
		texts[i] = o.text
	}
	pick := control.NewRadio(texts, nil)
	pick.Horizontal = true
	for _, o := range options {
		if o.value == chosen {
			pick.SetSelected(o.text)
		}
	}
	pick.OnChanged = func(text string) {
		for _, o := range options {
			if o.text == text {
				choose(o.value)
			}
		}
	}
	return pick
}
