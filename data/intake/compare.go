package intake

import "consign/model"

// AccountChange is what a line of a directory of accounts would do to the register.
type AccountChange uint8

// The changes. A line that is rejected or a duplicate makes none: it is NewAccount with its verdict.
const (
	NewAccount     AccountChange = iota
	SameAccount                  // the register has it as it is
	ChangedAccount               // the register has it with another name or country, see AccountLine.Was
	OtherKind                    // the register has the same ID for an account of another kind
)

// CompareAccounts lays the lines beside the accounts of the register. A line that would change one is a warning, so that it is taken
// only when a person has confirmed it; so is an ID that the register has for another kind (domain §1).
func CompareAccounts(lines []AccountLine, register []model.Account) {
	known := make(map[string]model.Account, len(register))
	numbers := make(map[string]model.Account, len(register))
	for _, a := range register {
		known[string(a.Kind)+a.KnoxID] = a
		numbers[a.KnoxID] = a
	}
	for i := range lines {
		l := &lines[i]
		if l.Verdict >= model.DuplicateInFile {
			continue
		}
		was, same := known[string(l.Account.Kind)+l.Account.KnoxID]
		other, elsewhere := numbers[l.Account.KnoxID]
		if l.Account.Country == "" && same {
			l.Account.Country = was.Country // an empty cell says nothing
		}
		switch {
		case same && was.CompanyName != l.Account.CompanyName:
			l.Change, l.Was = ChangedAccount, was
			l.worse(model.Warning, model.Say("The register has this account as {{.Old}}: the list changes the name to {{.New}}.",
				"Old", was.CompanyName, "New", l.Account.CompanyName))
		case same && was.Country != l.Account.Country:
			l.Change, l.Was = ChangedAccount, was
			l.worse(model.Warning, model.Say("The list changes the country of this account from {{.Old}} to {{.New}}.",
				"Old", dash(was.Country), "New", dash(l.Account.Country)))
		case same:
			l.Change, l.Was = SameAccount, was
		case elsewhere:
			l.Change, l.Was = OtherKind, other
			l.worse(model.Warning, model.Say("The register has the same ID for an account of another kind: {{.Company}} ({{.Kind}}).",
				"Company", other.CompanyName, "Kind", other.Kind.String()))
		}
	}
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
