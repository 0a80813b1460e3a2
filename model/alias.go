package model

import "unicode/utf8"

// Aliases are the names that an office gives to what an upload refers to by a code, to choose from (domain §3).
type Aliases struct {
	SoldTo      []SoldTo
	KCProfiles  []string // aliases of Knox Configure profiles
	Enrollments []string // aliases of Knox Mobile Enrollment profiles
}

// SoldTo is a sold-to-code with the office's name for it, which may be empty.
type SoldTo struct{ Code, Alias string }

// String is the code with its alias, as it is chosen.
func (s SoldTo) String() string {
	if s.Alias == "" {
		return s.Code
	}
	return s.Code + " · " + s.Alias
}

// LongestAlias is how many characters an alias may have (ours).
const LongestAlias = 100

// CheckAlias is nil for an alias that can be kept.
func CheckAlias(s string) error {
	if utf8.RuneCountInString(s) > LongestAlias {
		return Fail(Invalid, "The alias “{{.Alias}}” is too long: {{.Most}} characters at most.", "Alias", s, "Most", LongestAlias)
	}
	return nil
}

// Check normalises the aliases, drops empty lines and repetitions, and returns an Invalid error for the first that breaks a rule.
func (a *Aliases) Check() error {
	var codes []SoldTo
	seen := map[string]bool{}
	for _, s := range a.SoldTo {
		s.Code, s.Alias = PlainText(s.Code), PlainText(s.Alias)
		if s.Code == "" && s.Alias == "" || seen[s.Code] {
			continue
		}
		if s.Code == "" {
			return Fail(Invalid, "Enter the sold-to-code of “{{.Alias}}”.", "Alias", s.Alias)
		}
		if err := CheckSoldToCode(s.Code); err != nil {
			return err
		}
		if err := CheckAlias(s.Alias); err != nil {
			return err
		}
		seen[s.Code] = true
		codes = append(codes, s)
	}
	a.SoldTo = codes
	for _, list := range [...]*[]string{&a.KCProfiles, &a.Enrollments} {
		var kept []string
		seen := map[string]bool{}
		for _, name := range *list {
			if name = PlainText(name); name == "" || seen[name] {
				continue
			}
			if err := CheckAlias(name); err != nil {
				return err
			}
			seen[name] = true
			kept = append(kept, name)
		}
		*list = kept
	}
	return nil
}
