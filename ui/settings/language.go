package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/assets"
)

// Language is a language that Consign speaks.
type Language string

// The languages.
const (
	SystemLanguage Language = ""
	English        Language = "en"
	German         Language = "de"
)

// Speak loads the words of a language. Call it once, before the first word is shown.
//
// Fyne always speaks the language of the system. A chosen language is therefore loaded as if it were that one, and as
// English, on which Fyne falls back.
func Speak(l Language) error {
	if l == SystemLanguage {
		return lang.AddTranslationsFS(assets.Translations, "translations")
	}
	words, err := assets.Translations.ReadFile("translations/" + string(l) + ".json")
	if err != nil {
		return err
	}
	for _, as := range []fyne.Locale{"en", lang.SystemLocale()} {
		if err := lang.AddTranslationsForLocale(words, as); err != nil {
			return err
		}
	}
	return nil
}
