package settings

import (
	"encoding/json"
	"maps"
	"path"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"consign/assets"
)

// Language is a language that Consign speaks, as the file of its words is called without the ending: en, de. A file more in
// assets/translations is a language more.
type Language string

// The language that the system speaks, and the one that the sources are written in.
const (
	SystemLanguage Language = ""
	English        Language = "en"
)

// Languages are all that Consign speaks, English first. Safe on any goroutine.
func Languages() []Language {
	all := []Language{English}
	files, _ := assets.Translations.ReadDir("translations") // it is built in
	for _, f := range files {
		if l := Language(strings.TrimSuffix(f.Name(), path.Ext(f.Name()))); l != English {
			all = append(all, l)
		}
	}
	return all
}

// Name is what the speakers of a language call it.
func (l Language) Name() string { return display.Self.Name(language.Make(string(l))) }

// IsTheSystems reports whether the words in a language are those that the system would have.
func (l Language) IsTheSystems() bool {
	return l == SystemLanguage || l == nearest(lang.SystemLocale())
}

// Speak loads the words of a language. Call it once, before the first word is shown.
//
// Fyne always speaks the language of the system. The words are therefore loaded as if they were of that language, and as English, on
// which Fyne falls back; but what is counted goes by the rules of the language itself: Polish has three plurals on every system. A system
// whose language Consign does not speak gets English.
func Speak(l Language) error {
	system := lang.SystemLocale()
	if l == SystemLanguage {
		l = nearest(system)
	}
	file := string(l) + ".json"
	words, err := assets.Translations.ReadFile("translations/" + file)
	if err != nil {
		return err
	}
	uncounted, err := withoutPlurals(words)
	if err != nil {
		return err
	}
	for _, as := range []fyne.Locale{"en", system} {
		if err := lang.AddTranslationsForLocale(uncounted, as); err != nil {
			return err
		}
	}
	bundle := i18n.NewBundle(language.Make(string(l)))
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if _, err := bundle.ParseMessageFileBytes(words, file); err != nil {
		return err
	}
	counted := i18n.NewLocalizer(bundle, string(l))
	lang.N = func(key string, count int, data ...any) string {
		in := i18n.LocalizeConfig{MessageID: key, PluralCount: count}
		if len(data) > 0 {
			in.TemplateData = data[0]
		}
		text, err := counted.Localize(&in)
		if err != nil {
			return lang.LocalizePlural(key, count, data...) // a word of Fyne's own
		}
		return text
	}
	return nil
}

// nearest is the language of ours that is most like the system's.
func nearest(system fyne.Locale) Language {
	all := Languages()
	tags := make([]language.Tag, len(all))
	for i, l := range all {
		tags[i] = language.Make(string(l))
	}
	_, i, how := language.NewMatcher(tags).Match(language.Make(system.LanguageString()))
	if how == language.No {
		return English
	}
	return all[i]
}

// withoutPlurals leaves out what has a singular: Fyne would look there for the plurals of the system's language.
func withoutPlurals(words []byte) ([]byte, error) {
	var all map[string]any
	if err := json.Unmarshal(words, &all); err != nil {
		return nil, err
	}
	maps.DeleteFunc(all, func(_ string, word any) bool {
		_, isPlural := word.(map[string]any)
		return isPlural
	})
	return json.Marshal(all)
}
