package page

import (
	"slices"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
	iso "github.com/biter777/countries"
	"golang.org/x/text/collate"

	"consign/model"
)

// country is an ISO 3166-1 country and its name in the user's language.
type country struct{ code, name string }

// allCountries are the countries in the order of their names.
var allCountries = sync.OnceValue(func() []country {
	var all []country
	for _, c := range iso.All() {
		if code := c.Alpha2(); len(code) == 2 && code != "XX" {
			all = append(all, country{code, Country(code)})
		}
	}
	order := collate.New(userLanguage(), collate.IgnoreCase)
	slices.SortFunc(all, func(a, b country) int { return order.CompareString(a.name, b.name) })
	return all
})

// CountryField asks for a country by its name or code; typing narrows the list. It may stay empty.
type CountryField struct {
	widget.SelectEntry
	escape func()
}

// Country adds a field for a country, which holds code at first. Enter in it submits the form.
func (f *Form) Country(label, code string) *CountryField {
	c := &CountryField{escape: f.leave}
	c.ExtendBaseWidget(c)
	c.SetPlaceHolder(lang.L("Name or code"))
	c.OnChanged = c.narrow
	c.OnSubmitted = func(string) { f.send() }
	c.narrow("")
	if code != "" {
		c.SetText(Country(code))
	}
	f.Add(label, c)
	return c
}

// narrow offers the countries that hold the text, or all while it is one of them.
func (c *CountryField) narrow(text string) {
	_, err := c.Code()
	var names []string
	for _, known := range allCountries() {
		if err == nil || strings.Contains(strings.ToLower(known.name), strings.ToLower(strings.TrimSpace(text))) {
			names = append(names, known.name)
		}
	}
	c.SetOptions(names)
}

// Code is the ISO 3166-1 alpha-2 code of what was entered, "" for nothing. Errors: Invalid.
func (c *CountryField) Code() (string, error) {
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return "", nil
	}
	for _, known := range allCountries() {
		if strings.EqualFold(text, known.name) || strings.EqualFold(text, known.code) {
			return known.code, nil
		}
	}
	return "", model.Fail(model.Invalid, "Choose the country from the list.")
}

// TypedKey implements fyne.Focusable.
func (c *CountryField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		c.escape()
		return
	}
	c.SelectEntry.TypedKey(k)
}
