// Package words speaks the languages of Consign: it looks the words on screen up in their files. It knows nothing of pages.
package words

import (
	"encoding/json"
	"fmt"
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
	System  Language = ""
	English Language = "en"
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
	return l == System || l == nearest(lang.SystemLocale())
}

// Speak loads the words of a language. Call it once, before the first word is shown.
//
// Fyne always speaks the language of the system, so that ours are looked up before Fyne's, whatever the system speaks; and what is counted
// goes by the rules of the language itself: Polish has three plurals on every system. A system whose language Consign does not speak gets
// English.
func Speak(l Language) error {
	if l == System {
		l = nearest(lang.SystemLocale())
	}
	words, counted, err := wordsOf(l)
	if err != nil {
		return err
	}
	lang.X = func(key, fallback string, data ...any) string {
		if text, ours := words[key]; ours {
			return fill(text, data)
		}
		return lang.LocalizeKey(key, fallback, data...)
	}
	lang.L = func(english string, data ...any) string { return lang.X(english, english, data...) }
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

// wordsOf are the words of a language by their keys, and apart from them what is counted.
func wordsOf(l Language) (words map[string]string, counted *i18n.Localizer, err error) {
	text, err := assets.Translations.ReadFile("translations/" + string(l) + ".json")
	if err != nil {
		return nil, nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, nil, err
	}
	tag := language.Make(string(l))
	bundle := i18n.NewBundle(tag)
	words = make(map[string]string, len(all))
	for key, word := range all {
		if said, plain := word.(string); plain {
			words[key] = said
			continue
		}
		forms, err := i18n.NewMessage(word)
		if err != nil {
			return nil, nil, err
		}
		forms.ID = key
		if err := bundle.AddMessages(tag, forms); err != nil {
			return nil, nil, err
		}
	}
	return words, i18n.NewLocalizer(bundle, string(l)), nil
}

// fill puts into a text what stands in the first of data, a map, at its places {{.Name}}.
func fill(text string, data []any) string {
	before, rest, found := strings.Cut(text, "{{.")
	if !found || len(data) == 0 {
		return text
	}
	values, _ := data[0].(map[string]any)
	var filled strings.Builder
	for found {
		name, after, _ := strings.Cut(rest, "}}")
		filled.WriteString(before)
		fmt.Fprint(&filled, values[name])
		before, rest, found = strings.Cut(after, "{{.")
	}
	filled.WriteString(before)
	return filled.String()
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
