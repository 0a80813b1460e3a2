package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/biter777/countries"

	"consign/data/sheet"
	"consign/model"
)

// AccountLine is a line of a directory of accounts with its verdict.
type AccountLine struct {
	Number            int // in the file
	Account           model.Account
	InternalReference string
	Verdict           model.Verdict
	Reason            model.Text // empty for ok
	Change            AccountChange
	Was               model.Account // in the register; see CompareAccounts
}

// ReadAccounts reads a directory of accounts (domain §1): company name, Knox ID, kind, country and internal
// reference, by the names of the columns. A line without a kind is a customer. Line numbers are those of the file.
func ReadAccounts(ctx context.Context, file *sheet.File) ([]AccountLine, error) {
	index, layout, err := FindFor(ctx, file, AccountList)
	if err != nil {
		return nil, err
	}
	seen := map[string]int{}    // line of an account, by kind and Knox ID
	numbers := map[string]int{} // line of a Knox ID
	var accounts []AccountLine
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return nil, err
		}
		if row.Line <= layout.Header || strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
			continue
		}
		a := readAccount(layout, row)
		if key := string(a.Account.Kind) + a.Account.KnoxID; a.Verdict < model.Rejected {
			switch first, again := seen[key]; {
			case again:
				a.Verdict, a.Reason = model.DuplicateInFile, model.Say("The same account as in line {{.Line}}.", "Line", first)
			case numbers[a.Account.KnoxID] > 0:
				a.worse(model.Warning, model.Say("Line {{.Line}} has the same ID for an account of another kind.", "Line", numbers[a.Account.KnoxID]))
			}
			if _, again := seen[key]; !again {
				seen[key], numbers[a.Account.KnoxID] = row.Line, row.Line
			}
		}
		accounts = append(accounts, a)
	}
	return accounts, nil
}

func (a *AccountLine) worse(v model.Verdict, why model.Text) {
	if v > a.Verdict {
		a.Verdict, a.Reason = v, why
	}
}

func readAccount(layout Layout, row sheet.Row) AccountLine {
	a := AccountLine{Number: row.Line, Account: model.Account{Kind: model.Customer}}
	for i, cell := range row.Cells {
		if i >= len(layout.Columns) {
			break
		}
		text := model.PlainText(cell)
		switch layout.Columns[i] {
		case CompanyName:
			a.Account.CompanyName = text
		case InternalReference:
			a.InternalReference = text
		case CustomerID:
			id, unusual, err := model.ReadKnoxID(text)
			switch {
			case err != nil:
				a.worse(model.Rejected, sentence(err))
			case slices.Contains(row.Rounded, i):
				a.worse(model.Rejected, NumberTooLong.Text())
			case unusual:
				a.worse(model.Warning, UnusualCustomerID.Text())
			}
			a.Account.KnoxID = id
		case AccountKind:
			kind, ok := kindOf(text)
			if !ok {
				a.worse(model.Rejected, model.Say("“{{.Kind}}” is no kind of account: write Reseller, MSP or Customer.", "Kind", text))
			}
			a.Account.Kind = kind
		case Country:
			code, ok := countryOf(text)
			if !ok {
				a.worse(model.Warning, model.Say("“{{.Country}}” is no country: it is left empty.", "Country", text))
			}
			a.Account.Country = code
		}
	}
	if a.Verdict < model.Rejected {
		if err := a.Account.Check(); err != nil {
			a.worse(model.Rejected, sentence(err))
		}
	}
	return a
}

// sentence is what an error of the model says.
func sentence(err error) model.Text {
	if e, ok := err.(*model.Error); ok {
		return e.Text
	}
	return model.Say("{{.Error}}", "Error", err)
}

// kindOf reads a kind of account in the languages of the titles. No kind is a customer.
func kindOf(text string) (model.AccountKind, bool) {
	switch name := fold(text); {
	case hasAny(name, "msp", "managedservice"):
		return model.MSP, true
	case hasAny(name, "reseller", "handler", "revendeur", "revendedor", "리셀러", "リセラー", "販売店"):
		return model.Reseller, true
	case name == "", hasAny(name, "customer", "kunde", "client", "고객", "顧客", "お客様", "エンドユーザー", "enduser"):
		return model.Customer, true
	}
	return model.Customer, false
}

// countryOf reads a country by its name or code and returns its ISO 3166-1 alpha-2 code.
func countryOf(text string) (code string, ok bool) {
	if text == "" {
		return "", true
	}
	country := countries.ByName(text)
	if country == countries.Unknown {
		return "", false
	}
	return country.Alpha2(), true
}
